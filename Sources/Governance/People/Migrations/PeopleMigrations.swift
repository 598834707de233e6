import Database

/// The tables of people and positions. What is known of a position, a holding or a delegation is added, never changed:
/// the row with the highest version counts. A person's own data are the only ones that can be taken out.
enum PeopleMigrations {
  static let all = [
    Migration(
      capability: "people", number: 1, name: "people and positions",
      statements: [
        """
        CREATE TABLE people_person (
          tenant {text} NOT NULL, person_id {integer} NOT NULL, person_name {text} NOT NULL, email {text} NOT NULL,
          is_removed {boolean} NOT NULL,
          PRIMARY KEY (tenant, person_id)
        ) {strict}
        """,
        """
        CREATE TABLE people_position (
          tenant {text} NOT NULL, position_id {integer} NOT NULL, version {integer} NOT NULL, kind {text} NOT NULL,
          place {text} NOT NULL, valid_from {text} NOT NULL, valid_through {text}, recorded_at {integer} NOT NULL,
          PRIMARY KEY (tenant, position_id, version)
        ) {keyed}
        """,
        """
        CREATE TABLE people_holding (
          tenant {text} NOT NULL, holding_id {integer} NOT NULL, version {integer} NOT NULL,
          position_id {integer} NOT NULL, person_id {integer} NOT NULL, valid_from {text} NOT NULL,
          valid_through {text}, recorded_at {integer} NOT NULL,
          PRIMARY KEY (tenant, holding_id, version)
        ) {keyed}
        """,
        """
        CREATE TABLE people_delegation (
          tenant {text} NOT NULL, delegation_id {integer} NOT NULL, version {integer} NOT NULL,
          position_id {integer} NOT NULL, person_id {integer} NOT NULL, decisions {text} NOT NULL,
          valid_from {text} NOT NULL, valid_through {text}, recorded_at {integer} NOT NULL,
          PRIMARY KEY (tenant, delegation_id, version)
        ) {keyed}
        """,
      ]),
    Migration(
      capability: "people", number: 2, name: "what was taken back",
      statements: [
        "ALTER TABLE people_holding ADD COLUMN withdrawn_on {text}",
        "ALTER TABLE people_delegation ADD COLUMN withdrawn_on {text}",
      ]),
  ]
}
