public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTP1

/// HTTP/1.1 on a connection that is watched: the library closes one that is silent, and this one also closes what only
/// just is not. It refuses a request that names two hosts, which the layer above cannot see any more.
public struct WatchedConnection: HTTPChannelHandler {
  /// What answers a request.
  public let responder: HTTPChannelHandler.Responder
  private let inner: HTTP1Channel

  /// How long a connection may be silent, and a request may take to begin, in seconds.
  public static let silence = 15

  /// The kind of connection for a server.
  public static let builder = HTTPServerBuilder { WatchedConnection($0) }

  private init(_ responder: @escaping HTTPChannelHandler.Responder) {
    self.responder = responder
    inner = HTTP1Channel(
      responder: responder,
      configuration: .init(
        idleTimeout: .seconds(Int64(Self.silence)),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 64 * 1024, maxHeaderFieldCount: 100)))
  }

  /// Sets a connection up.
  public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let operations = channel.pipeline.syncOperations
      let decoder = try operations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try operations.addHandler(ConnectionWatch(), position: .after(decoder))
      return value
    }
  }

  /// Answers what comes on a connection.
  public func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await inner.handle(value: value, logger: logger)
  }
}

/// Looks at the requests of a connection as they were sent, and at how fast both sides are.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// How long a body may take before its speed counts, and how many bytes it must bring each second from then on.
  private static let grace = TimeAmount.seconds(15)
  private static let slowest = 16 * 1024
  /// How long whoever asked may take no more of an answer.
  private static let standstill = TimeAmount.seconds(30)

  private var bodyBegan: NIODeadline?
  private var bodyBytes = 0
  private var bodyCheck: Scheduled<Void>?
  private var standstillEnd: Scheduled<Void>?
  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      guard head.headers["host"].count <= 1 else { return refuse(context) }
      (bodyBegan, bodyBytes) = (.now(), 0)
      lookAtBody(context, in: Self.grace)
    case .body(let bytes): bodyBytes += bytes.readableBytes
    case .end:
      bodyBegan = nil
      bodyCheck?.cancel()
    }
    context.fireChannelRead(data)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    standstillEnd?.cancel()
    if !context.channel.isWritable {
      let channel = context.channel
      standstillEnd = context.eventLoop.scheduleTask(in: Self.standstill) { channel.close(promise: nil) }
    }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func stop() {
    bodyCheck?.cancel()
    standstillEnd?.cancel()
  }

  /// Closes the connection where the body of a request comes too slowly, and looks again otherwise.
  private func lookAtBody(_ context: ChannelHandlerContext, in time: TimeAmount) {
    bodyCheck?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    bodyCheck = context.eventLoop.scheduleTask(in: time) {
      let (watch, context) = bound.value
      guard let began = watch.bodyBegan else { return }
      let allowed = Self.grace + .seconds(Int64(watch.bodyBytes / Self.slowest))
      if NIODeadline.now() - began >= allowed {
        context.close(promise: nil)
      } else {
        watch.lookAtBody(context, in: .seconds(5))
      }
    }
  }

  private func refuse(_ context: ChannelHandlerContext) {
    isRefused = true
    let text = "400 Bad Request: more than one Host\n"
    let headers: HTTPHeaders = [
      "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(text.utf8.count)", "Connection": "close",
    ]
    let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    let closed = context.eventLoop.makePromise(of: Void.self)
    let channel = context.channel
    closed.futureResult.whenComplete { _ in channel.close(promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: closed)
  }
}
