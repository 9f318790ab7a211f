package org.tidelock.bench.report;

import java.util.Locale;

/** A picture in SVG, drawn element by element; lengths are in pixels, y grows downwards. */
public final class Svg {

  /** Where a text stands relative to its point. */
  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder elements = new StringBuilder();
  private final double width;
  private final double height;

  /** An empty white picture. */
  public Svg(double width, double height) {
    this.width = width;
    this.height = height;
    rectangle(0, 0, width, height, "#ffffff");
  }

  /** A filled rectangle. */
  public void rectangle(double x, double y, double w, double h, String color) {
    add(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
            x,
            y,
            w,
            h,
            escape(color)));
  }

  /** A straight line. */
  public void line(double x1, double y1, double x2, double y2, String color, boolean dashed) {
    add(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>",
            x1,
            y1,
            x2,
            y2,
            escape(color),
            dashed ? " stroke-width=\"1.5\" stroke-dasharray=\"5 3\"" : ""));
  }

  /** A line of text, its baseline at {@code y}. */
  public void text(double x, double y, double size, Anchor anchor, String color, String text) {
    add(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
            x,
            y,
            size,
            anchor.name().toLowerCase(Locale.ROOT),
            escape(color),
            escape(text)));
  }

  /** The file's text. */
  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$.0f" height="%2$.0f" \
            viewBox="0 0 %1$.0f %2$.0f" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
            """,
            width,
            height)
        + elements
        + "</svg>\n";
  }

  /** {@code text} with the characters that XML takes for itself written as entities. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }

  private void add(String element) {
    elements.append(element).append('\n');
  }
}
