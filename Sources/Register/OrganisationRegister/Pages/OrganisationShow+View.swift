import Organisation
import SteeringCore
import SurfaceKit

/// The organisation: counts, then each directorate with its areas and units, and what is stated about staffing.
struct OrganisationShowView: Sendable {
  let model: OrganisationShowModel

  var page: Page {
    Page(
      title: OrganisationTexts.title, heading: heading, lead: model.version == nil ? nil : lead, section: .organisation,
      trail: trail
    ) {
      if let version = model.version {
        if !model.isBranch { SummaryCounts(counts) }
        about(version)
        if let top = model.top, let staffing = top.staffing { whole(top, staffing) }
        if model.parts.isEmpty { Notice(.empty, OrganisationTexts.noUnits) { p { OrganisationTexts.noUnitsYet } } }
        for (index, part) in model.parts.enumerated() { show(part, index) }
        unplaced
        versions(shown: version)
      } else {
        Notice(.empty, OrganisationTexts.none) {
          p { OrganisationTexts.noneYet }
          p { a(.href(Section.imports.address)) { Section.imports.name } }
        }
      }
    }
  }

  // MARK: - Above the tables

  private var heading: Words {
    guard model.isBranch, let head = model.parts.first?.rows.first else { return OrganisationTexts.title }
    return Words(same: head.name)
  }

  private var lead: Words { OrganisationTexts.asOf(model.date) }

  private var trail: [Breadcrumb.Crumb] {
    guard model.isBranch else { return [] }
    let whole = Breadcrumb.Crumb(OrganisationTexts.title, address(nil))
    return [whole] + model.above.map { Breadcrumb.Crumb(Words(same: $0.name), address($0.code)) }
  }

  /// The address of a branch in the version that is shown; the latest version is not named.
  private func address(_ unit: UnitCode?) -> Address {
    let isLatest = model.version?.number == model.versions.first?.number
    return OrganisationAddress.show(unit: unit, version: isLatest ? nil : model.version?.number)
  }

  private var counts: [SummaryCounts.Item] {
    let summary = model.summary
    let all = [
      SummaryCounts.Item(OrganisationTexts.unitsInAll, summary.unitCount),
      SummaryCounts.Item(OrganisationTexts.directorates, summary.directorates.count),
    ]
    guard summary.statesAgreements else { return all }
    return all + [SummaryCounts.Item(OrganisationTexts.agreementUnits, summary.agreementUnitCount)]
  }

  private func about(_ version: OrganisationVersion) -> Node {
    p(.class("muted")) {
      OrganisationTexts.version(version.number)
      " · "
      version.source.fileName
    }
  }

  private func whole(_ top: OrganisationShowModel.Row, _ staffing: OrganisationShowModel.Staffing) -> Node {
    p {
      strong { top.name }
      ": "
      OrganisationTexts.whole(staffing)
      if !staffing.remark.danish.isEmpty {
        " "
        staffing.remark
      }
    }
  }

  // MARK: - A directorate

  @HTML private func show(_ part: OrganisationShowModel.Part, _ index: Int) -> [Node] {
    let head = part.rows.first
    if let head, !model.isBranch {
      h2(.id("part-\(index)")) {
        if head.unit == nil {
          OrganisationTexts.leadership
        } else {
          a(.href(address(head.code))) { head.name }
        }
      }
    }
    DataTable(
      id: "part-\(index)-units", caption: OrganisationTexts.caption(head?.unit == nil ? nil : head?.name),
      isCaptionShown: false, columns: columns, rows: part.rows.map(line), narrow: .scroll)
  }

  /// What is told about nobody has no column.
  private var columns: [DataTable.Column] {
    var columns: [DataTable.Column] = [
      .init(OrganisationTexts.unit), .init(OrganisationTexts.kind), .init(OrganisationTexts.valid),
    ]
    if model.hasCitizenFacing { columns.append(.init(OrganisationTexts.citizenFacing)) }
    if model.summary.statesAgreements { columns.append(.init(OrganisationTexts.agreement)) }
    guard model.hasStaffing else { return columns }
    return columns + [
      .init(OrganisationTexts.staffing, .number), .init(OrganisationTexts.sumOfParts, .number),
      .init(OrganisationTexts.tie), .init(OrganisationTexts.remark),
    ]
  }

  private func line(_ row: OrganisationShowModel.Row) -> DataTable.Row {
    var cells: [Node] = [
      indented(name(row), row.depth), .text(row.kind),
      row.unit.map { .words(OrganisationTexts.period($0.period)) } ?? .nothing,
    ]
    if model.hasCitizenFacing { cells.append(yesNo(row.unit?.isCitizenFacing)) }
    if model.summary.statesAgreements { cells.append(yesNo(row.unit?.requiresAgreement)) }
    guard model.hasStaffing else { return DataTable.Row(cells) }
    let staffing = row.staffing
    return DataTable.Row(
      cells + [
        figure(staffing?.stated), figure(staffing?.computed), staffing.map(tie) ?? .nothing,
        staffing.map(remark) ?? .nothing,
      ])
  }

  /// A node moved in as deep as it lies.
  private func indented(_ node: Node, _ depth: Int) -> Node {
    (0..<depth).reduce(node) { inner, _ in span(.class("under")) { inner } }
  }

  private func name(_ row: OrganisationShowModel.Row) -> Node {
    Node {
      if row.depth == 0, row.unit != nil { strong { row.name } } else { row.name }
      if row.unit != nil {
        " "
        small { row.code.text }
      }
      if row.isBridged {
        " "
        small { OrganisationTexts.bridged }
      }
      if row.hiddenCount > 0 {
        " "
        a(.href(address(row.code))) { OrganisationTexts.hidden(row.hiddenCount) }
      }
    }
  }

  private func yesNo(_ answer: Bool?) -> Node {
    answer.map { .words(OrganisationTexts.yesNo($0)) } ?? .nothing
  }

  private func figure(_ tenths: Int?) -> Node {
    tenths.map { .words(OrganisationTexts.figure($0)) } ?? .nothing
  }

  private func tie(_ staffing: OrganisationShowModel.Staffing) -> Node {
    guard let stated = staffing.stated, let computed = staffing.computed else { return .nothing }
    return .words(stated == computed ? OrganisationTexts.ties : OrganisationTexts.differs(by: stated - computed))
  }

  private func remark(_ staffing: OrganisationShowModel.Staffing) -> Node {
    Node {
      staffing.remark
      if !staffing.source.danish.isEmpty {
        if !staffing.remark.danish.isEmpty { " " }
        small { staffing.source }
      }
    }
  }

  // MARK: - Below the tables

  @HTML private var unplaced: [Node] {
    if !model.unplaced.isEmpty, !model.isBranch {
      h2 { OrganisationTexts.unplaced }
      p { OrganisationTexts.unplacedWhy }
      ul {
        for line in model.unplaced {
          li {
            line.name
            if let tenths = line.tenths {
              ": "
              OrganisationTexts.figure(tenths)
            }
          }
        }
      }
    }
  }

  @HTML private func versions(shown: OrganisationVersion) -> [Node] {
    if model.versions.count > 1 {
      h2 { OrganisationTexts.versions }
      ul(.class("years")) {
        for version in model.versions {
          li {
            if version.number == shown.number {
              strong { OrganisationTexts.version(version.number) }
            } else {
              a(.href(OrganisationAddress.show(unit: nil, version: version.number))) {
                OrganisationTexts.version(version.number)
              }
            }
          }
        }
      }
    }
  }
}
