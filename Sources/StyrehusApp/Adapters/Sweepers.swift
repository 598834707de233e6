import Database
import Economy
import Governance

/// What is deleted when its time is over, in the tables of rooms that do not know each other.
enum Sweepers {
  static let all: [DataClass: Sweeper] = [
    .keys: Sweeper { connection, before, isCarriedOut in
      try connection.sweepCommands(before: before, isCarriedOut: isCarriedOut)
    },
    .waitingFiles: Sweeper { connection, before, isCarriedOut in
      try ImportStore(connection).sweepDrafts(before: before, isCarriedOut: isCarriedOut)
    },
  ]
}
