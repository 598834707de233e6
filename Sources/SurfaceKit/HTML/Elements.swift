// The elements that pages are made of. Only the layout makes the document's frame and the one main heading.

/// The `a` element: a link.
public func a(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("a", attributes, content()))
}

/// The `abbr` element: an abbreviation.
public func abbr(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("abbr", attributes, content()))
}

/// The `article` element: a piece that stands on its own.
public func article(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("article", attributes, content()))
}

/// The `aside` element: something beside the main text.
public func aside(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("aside", attributes, content()))
}

/// The `button` element: a button.
public func button(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("button", attributes, content()))
}

/// The `caption` element: the caption of a table.
public func caption(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("caption", attributes, content()))
}

/// The `code` element: a code or a file name.
public func code(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("code", attributes, content()))
}

/// The `dd` element: what is said about a term.
public func dd(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("dd", attributes, content()))
}

/// The `del` element: something taken out.
public func del(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("del", attributes, content()))
}

/// The `details` element: a part that the reader may open.
public func details(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("details", attributes, content()))
}

/// The `div` element: a block without meaning of its own.
public func div(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("div", attributes, content()))
}

/// The `dl` element: a list of terms and what is said about them.
public func dl(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("dl", attributes, content()))
}

/// The `dt` element: a term.
public func dt(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("dt", attributes, content()))
}

/// The `em` element: stress.
public func em(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("em", attributes, content()))
}

/// The `fieldset` element: fields that belong together.
public func fieldset(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("fieldset", attributes, content()))
}

/// The `figure` element: a picture with its caption.
public func figure(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("figure", attributes, content()))
}

/// The `figcaption` element: the caption of a picture.
public func figcaption(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("figcaption", attributes, content()))
}

/// The `footer` element: a foot.
public func footer(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("footer", attributes, content()))
}

/// The `form` element: a form.
public func form(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("form", attributes, content()))
}

/// The `h2` element: a heading of the second level.
public func h2(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("h2", attributes, content()))
}

/// The `h3` element: a heading of the third level.
public func h3(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("h3", attributes, content()))
}

/// The `h4` element: a heading of the fourth level.
public func h4(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("h4", attributes, content()))
}

/// The `header` element: a head.
public func header(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("header", attributes, content()))
}

/// The `ins` element: something put in.
public func ins(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("ins", attributes, content()))
}

/// The `label` element: the label of a field.
public func label(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("label", attributes, content()))
}

/// The `legend` element: the heading of fields that belong together.
public func legend(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("legend", attributes, content()))
}

/// The `li` element: an item of a list.
public func li(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("li", attributes, content()))
}

/// The `nav` element: a set of links to find the way by.
public func nav(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("nav", attributes, content()))
}

/// The `ol` element: a list in order.
public func ol(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("ol", attributes, content()))
}

/// The `option` element: a choice in a list.
public func option(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("option", attributes, content()))
}

/// The `p` element: a paragraph.
public func p(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("p", attributes, content()))
}

/// The `progress` element: how much is done.
public func progress(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("progress", attributes, content()))
}

/// The `section` element: a part with a heading.
public func section(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("section", attributes, content()))
}

/// The `select` element: a list to choose from.
public func select(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("select", attributes, content()))
}

/// The `small` element: small print.
public func small(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("small", attributes, content()))
}

/// The `span` element: a run of text without meaning of its own.
public func span(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("span", attributes, content()))
}

/// The `strong` element: importance.
public func strong(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("strong", attributes, content()))
}

/// The `summary` element: what is shown of a part that may be opened.
public func summary(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("summary", attributes, content()))
}

/// The `table` element: a table.
public func table(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("table", attributes, content()))
}

/// The `tbody` element: the rows of a table.
public func tbody(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("tbody", attributes, content()))
}

/// The `td` element: a cell.
public func td(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("td", attributes, content()))
}

/// The `tfoot` element: the foot of a table.
public func tfoot(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("tfoot", attributes, content()))
}

/// The `th` element: a header cell.
public func th(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("th", attributes, content()))
}

/// The `thead` element: the head of a table.
public func thead(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("thead", attributes, content()))
}

/// The `time` element: a time or date.
public func time(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("time", attributes, content()))
}

/// The `tr` element: a row.
public func tr(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("tr", attributes, content()))
}

/// The `ul` element: a list.
public func ul(_ attributes: Attribute..., @HTML content: () -> [Node] = { [] }) -> Node {
  .element(Element("ul", attributes, content()))
}

/// The `br` element: a line break.
public func br(_ attributes: Attribute...) -> Node {
  .element(Element("br", attributes, [], isVoid: true))
}

/// The `hr` element: a shift of subject.
public func hr(_ attributes: Attribute...) -> Node {
  .element(Element("hr", attributes, [], isVoid: true))
}

/// The `img` element: a picture.
public func img(_ attributes: Attribute...) -> Node {
  .element(Element("img", attributes, [], isVoid: true))
}

/// The `input` element: a field.
public func input(_ attributes: Attribute...) -> Node {
  .element(Element("input", attributes, [], isVoid: true))
}
