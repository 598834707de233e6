import Testing

@testable import SteeringCore

@Suite("Civil registration numbers in text")
struct CivilNumberTests {
  @Test(
    "are taken out however they are written",
    arguments: [
      ("Løn 010190-1234", "Løn xxxxxx-xxxx"), ("311299 0001, juni", "xxxxxx xxxx, juni"),
      ("Erstatning 0707614285.", "Erstatning xxxxxxxxxx."), ("010190-1234", "xxxxxx-xxxx"),
      ("a010190-1234b 020290-4321", "axxxxxx-xxxxb xxxxxx-xxxx"),
    ])
  func found(_ text: String, _ masked: String) { #expect(CivilNumber.masked(text) == masked) }

  @Test(
    "and other numbers stay",
    arguments: [
      "Faktura 321390-1234", "Faktura 011390-1234", "010190-12345", "1010190-1234", "010190-123", "010190",
      "Bilag 0707614286", "EAN 5790001234567", "2025-01-01", "010190--1234", "12345678", "010190-", "", "ø",
      "01.01.90-1234", "010190\u{2013}1234",
    ])
  func others(_ text: String) { #expect(CivilNumber.masked(text) == text) }
}
