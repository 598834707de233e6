import Governance
import Hummingbird
import SteeringCore
import SurfaceKit

/// What an installation of several municipalities shows to whoever asks for none of them: machines get the health of
/// the whole, people a choice.
struct Lobby {
  let installation: Installation
  let directory: MunicipalityDirectory
  let hosts: HostNames
  let journal: RequestJournal

  /// The router with everything on it.
  func router() -> Router<SurfaceContext> {
    let router = Router(context: SurfaceContext.self, options: [.autoGenerateHeadEndpoints])
    router.addMiddleware {
      journal
      SecurityHeaders(hosts: hosts)
    }
    HealthRoutes(installation, journal).add(to: router)
    router.addMiddleware {
      Reception(hasForms: false) { HouseSign(municipality: "") }
      TroubleDesk()
    }
    let directory = directory
    router.get("/") { request, context in
      MunicipalityChoice.page(directory).response(request, context)
    }
    AssetRoutes.add(to: router)
    router.refuseOtherMethods()
    return router
  }
}
