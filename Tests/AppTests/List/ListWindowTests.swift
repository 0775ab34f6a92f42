import Testing

@testable import App

@Suite struct ListWindowTests {
  @Test("The choice stays in the list, whatever it is moved by")
  func moving() {
    var window = ListWindow(count: 5, selected: 9)
    #expect(window.selected == 4)
    window.move(by: Int.min)
    #expect(window.selected == 0)
    window.move(by: Int.max)
    #expect(window.selected == 4)
    var empty = ListWindow()
    empty.move(by: 3)
    empty.move(to: -1)
    #expect(empty.selected == 0)
  }

  @Test("Commands move by rows, pages and half pages, and to a row that is counted from one")
  func commands() {
    var window = ListWindow(count: 100)
    let walk: [(Command, Int?, Int)] = [
      (.down, nil, 1), (.down, 3, 4), (.up, 2, 2), (.pageDown, nil, 12), (.pageDown, 2, 32),
      (.pageUp, nil, 22), (.halfPageDown, nil, 27), (.halfPageUp, 2, 17), (.bottom, nil, 99),
      (.top, nil, 0), (.top, 7, 6), (.bottom, 50, 49), (.up, 999_999, 0),
    ]
    for (command, count, expected) in walk {
      let hasMoved = window.move(by: command, count: count, page: 10)
      #expect(hasMoved && window.selected == expected, "\(command)")
    }
    let hasMoved = window.move(by: .open, count: nil, page: 10)
    #expect(!hasMoved && window.selected == 0)
    window.move(to: 5)
    _ = window.move(by: .halfPageDown, count: nil, page: 1)
    #expect(window.selected == 6, "half of one row is one")
  }

  @Test("What is in sight has the choice in its middle, and is full where the list can fill it")
  func around() {
    for count in 0...9 {
      for selected in 0..<max(1, count) {
        for room in -1...11 {
          let rows = ListWindow(count: count, selected: selected).around(room: room)
          #expect(rows.count == min(count, max(1, room)))
          #expect(count == 0 || rows.contains(selected))
        }
      }
    }
    #expect(ListWindow(count: 20, selected: 10).around(room: 5) == 8..<13)
  }

  @Test("What is in sight moves no more than it must")
  func scrolled() {
    for (selected, top, expected) in [
      (3, 2, 2..<6), (1, 2, 1..<5), (6, 2, 3..<7), (9, 0, 6..<10), (0, 9, 0..<4), (2, -1, 0..<4),
      (9, 20, 6..<10),
    ] {
      let window = ListWindow(count: 10, selected: selected)
      #expect(window.scrolled(from: top, room: 4) == expected, "\(selected) from \(top)")
    }
    #expect(ListWindow(count: 2, selected: 1).scrolled(from: 1, room: 4) == 0..<2)
    #expect(ListWindow().scrolled(from: 3, room: 4) == 0..<0)
    #expect(ListWindow(count: 3, selected: 2).scrolled(from: 0, room: 0) == 2..<3)
  }

  @Test("A line of a box is a row, but for its edges")
  func box() {
    let window = ListWindow(count: 20, selected: 10)
    let rows = (0...6).map { window.row(atLine: $0, ofBox: 7) }
    #expect(rows == [nil, 8, 9, 10, 11, 12, nil])
    #expect(window.selectedLine(ofBox: 7) == 3)
    #expect(ListWindow(count: 2).row(atLine: 3, ofBox: 9) == nil)
    #expect(ListWindow().row(atLine: 1, ofBox: 9) == nil)
  }
}
