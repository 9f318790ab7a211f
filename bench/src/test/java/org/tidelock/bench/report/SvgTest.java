package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTest {

  @Test
  void escapesTextAndColors() throws Exception {
    String awkward = "<b> & \"c\" 'd' ]]>";
    Svg svg = new Svg(100, 50);
    svg.text(1, 2, 12, Svg.Anchor.END, awkward, awkward);

    Document document = parse(svg.toString());

    var text = document.getElementsByTagName("text").item(0);
    assertThat(text.getTextContent()).isEqualTo(awkward);
    assertThat(text.getAttributes().getNamedItem("fill").getTextContent()).isEqualTo(awkward);
  }

  @Test
  void isWellFormedWithEveryElement() throws Exception {
    Svg svg = new Svg(100, 50);
    svg.rectangle(1.25, 2, 3, 4, "#000000");
    svg.line(0, 0, 10, 10, "#000000", true);
    svg.line(0, 0, 10, 10, "#000000", false);

    Document document = parse(svg.toString());

    assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 100 50");
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
