import Database

/// The tables of the organisation. Nothing in them is ever changed or deleted: each import is a new version, whole.
enum OrganisationRegisterMigrations {
  static let all = [
    Migration(
      capability: "organisation-register", number: 1, name: "versions, units and staffing",
      statements: [
        """
        CREATE TABLE organisation_register_version (
          tenant {text} NOT NULL, version {integer} NOT NULL CHECK (version > 0), file_name {text} NOT NULL,
          content_hash {text} NOT NULL CHECK (length(content_hash) = 64), profile {text} NOT NULL,
          imported_at {integer} NOT NULL,
          PRIMARY KEY (tenant, version)
        ) {keyed}
        """,
        """
        CREATE TABLE organisation_register_unit (
          tenant {text} NOT NULL, version {integer} NOT NULL, place {integer} NOT NULL, code {text} NOT NULL,
          name {text} NOT NULL, kind {text} NOT NULL, parent {text}, citizen_facing {boolean} NOT NULL,
          requires_agreement {boolean} NOT NULL, valid_from {text} NOT NULL,
          valid_to {text} CHECK (valid_to >= valid_from),
          PRIMARY KEY (tenant, version, place),
          UNIQUE (tenant, version, code, valid_from),
          FOREIGN KEY (tenant, version) REFERENCES organisation_register_version (tenant, version)
        ) {keyed}
        """,
        """
        CREATE TABLE organisation_register_staffing (
          tenant {text} NOT NULL, version {integer} NOT NULL, place {integer} NOT NULL, code {text} NOT NULL,
          parent {text}, level {text} NOT NULL, name {text} NOT NULL, tenths {integer} CHECK (tenths >= 0),
          remark_danish {text} NOT NULL, remark_english {text} NOT NULL, source_danish {text} NOT NULL,
          source_english {text} NOT NULL,
          PRIMARY KEY (tenant, version, place),
          FOREIGN KEY (tenant, version) REFERENCES organisation_register_version (tenant, version)
        ) {keyed}
        """,
      ])
  ]
}
