/// The tally in the text format 0.0.4 of Prometheus, which every tool that watches servers reads.
struct MetricsText {
  /// The media type of the text.
  static let type = "text/plain; version=0.0.4; charset=utf-8"

  /// The tally to tell.
  let tally: RequestTally.Picture
  /// When the site was opened, in whole seconds since 1 January 1970 UTC.
  let openedAt: Int64
  /// The name of the database product, such as `SQLite`.
  let database: String

  /// The text.
  var text: String {
    [
      family("process_start_time_seconds", "gauge", "When the site was opened, in seconds since 1970.") {
        ["process_start_time_seconds \(openedAt)"]
      },
      family("styrehus_info", "gauge", "Always 1; the labels say what runs.") {
        [#"styrehus_info{database="\#(database)",build="\#(Self.build)"} 1"#]
      },
      family("styrehus_http_requests_in_flight", "gauge", "Requests that are being answered, this one too.") {
        ["styrehus_http_requests_in_flight \(tally.underWay)"]
      },
      family("styrehus_http_requests_total", "counter", "Requests answered.") { requests },
      family("styrehus_http_request_duration_seconds", "histogram", "Time until the answer was ready.") { durations },
    ].joined()
  }

  private static var build: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  private func family(_ name: String, _ type: String, _ help: String, _ samples: () -> [String]) -> String {
    (["# HELP \(name) \(help)", "# TYPE \(name) \(type)"] + samples()).map { $0 + "\n" }.joined()
  }

  private var requests: [String] {
    tally.answered.map { kind, count in
      let labels = #"route="\#(kind.route)",method="\#(kind.method)",status="\#(kind.statusClass)xx""#
      return "styrehus_http_requests_total{\(labels)} \(count)"
    }.sorted()
  }

  private var durations: [String] {
    let name = "styrehus_http_request_duration_seconds"
    return tally.durations.sorted { $0.key < $1.key }.flatMap { route, durations in
      var sum = 0
      let buckets = zip(RequestTally.Durations.limits, durations.buckets).map { limit, count in
        sum += count
        return #"\#(name)_bucket{route="\#(route)",le="\#(Self.seconds(limit * 1_000))"} \#(sum)"#
      }
      return buckets + [
        #"\#(name)_bucket{route="\#(route)",le="+Inf"} \#(durations.count)"#,
        #"\#(name)_sum{route="\#(route)"} \#(Self.seconds(durations.microseconds))"#,
        #"\#(name)_count{route="\#(route)"} \#(durations.count)"#,
      ]
    }
  }

  /// Microseconds as seconds with a decimal point, without zeros at the end: `2500000` is `2.5`.
  static func seconds(_ microseconds: Int64) -> String {
    let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    guard part > 0 else { return "\(whole)" }
    let digits = String(String(1_000_000 + part).dropFirst())
    let end = digits.lastIndex { $0 != "0" } ?? digits.startIndex
    return "\(whole).\(digits[...end])"
  }
}
