import Organisation
import SteeringCore
import SurfaceKit

/// The organisation: counts, then each directorate with its areas and units, and what is stated about staffing.
struct OrganisationShowView: Sendable {
  let model: OrganisationShowModel

  var page: Page {
    Page(
      title: OrganisationTexts.title, heading: heading, lead: model.version == nil ? nil : lead, section: nil,
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
    [
      SummaryCounts.Item(OrganisationTexts.unitsInAll, model.summary.unitCount),
      SummaryCounts.Item(OrganisationTexts.directorates, model.summary.directorates.count),
      SummaryCounts.Item(OrganisationTexts.agreementUnits, model.summary.agreementUnitCount),
    ]
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

  private var columns: [DataTable.Column] {
    let plain = [
      DataTable.Column(OrganisationTexts.unit), .init(OrganisationTexts.kind), .init(OrganisationTexts.valid),
      .init(OrganisationTexts.citizenFacing), .init(OrganisationTexts.agreement),
    ]
    guard model.hasStaffing else { return plain }
    return plain + [
      .init(OrganisationTexts.staffing, .number), .init(OrganisationTexts.sumOfParts, .number),
      .init(OrganisationTexts.tie), .init(OrganisationTexts.remark),
    ]
  }

  private func line(_ row: OrganisationShowModel.Row) -> DataTable.Row {
    let unit = row.unit
    let plain: [Node] = [
      name(row), .text(row.kind), unit.map { .words(OrganisationTexts.period($0.period)) } ?? .nothing,
      unit.map { .words(OrganisationTexts.yesNo($0.isCitizenFacing)) } ?? .nothing,
      unit.map { .words(OrganisationTexts.yesNo($0.requiresAgreement)) } ?? .nothing,
    ]
    guard model.hasStaffing else { return DataTable.Row(plain) }
    let staffing = row.staffing
    return DataTable.Row(
      plain + [
        figure(staffing?.stated), figure(staffing?.computed), staffing.map(tie) ?? .nothing,
        staffing.map(remark) ?? .nothing,
      ])
  }

  private func name(_ row: OrganisationShowModel.Row) -> Node {
    Node {
      for _ in 0..<row.depth { span(.class("step"), .ariaHidden) { "·" } }
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
