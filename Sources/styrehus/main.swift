import Foundation
import StyrehusApp

await StyrehusCommand.launch(ProcessInfo.processInfo.environment)
