import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A figure of {@link Latencies} as SVG: a panel for each vendor, in it a group for each phase and a
 * bar for each program. Its colors follow the reader's light or dark scheme.
 */
final class LatencyPlot {

  private static final Map<String, String> TITLES =
      Map.of("enerflo", "Enerflo", "solarproof", "Solar Proof", "crm", "CRM");
  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2937; }
        .title { font-size: 16px; font-weight: 600; }
        .panel { font-weight: 600; }
        .background { fill: #ffffff; }
        .grid { stroke: #d1d5db; }
        .p0 { fill: #64748b; stroke: #64748b; }
        .p1 { fill: #c2410c; stroke: #c2410c; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e5e7eb; }
          .background { fill: #111827; }
          .grid { stroke: #374151; }
          .p0 { fill: #94a3b8; stroke: #94a3b8; }
          .p1 { fill: #fb923c; stroke: #fb923c; }
        }
      </style>
      """;

  private static final int LEAST_WIDTH = 520;
  private static final int LEFT = 70;
  private static final int TOP = 70;
  private static final int GROUP = 100;
  private static final int PANEL = 240;
  private static final int HEIGHT = 170;
  private static final int BAR = 14;

  /** Of the axis, which is logarithmic. */
  private static final double LOWEST_MILLIS = 1;

  private final List<Latencies> measured;
  private final List<String> phases;
  private final List<String> programs;
  private final double decades;
  private final StringBuilder svg = new StringBuilder();

  private LatencyPlot(List<Latencies> measured) {
    this.measured = measured;
    this.phases = measured.stream().map(Latencies::phase).distinct().toList();
    this.programs = measured.stream().map(Latencies::program).distinct().toList();
    double highest =
        measured.stream()
            .flatMap(one -> one.calls().values().stream())
            .mapToDouble(calls -> Latencies.millis(calls, 100))
            .max()
            .orElse(LOWEST_MILLIS);
    this.decades = Math.max(1, Math.ceil(Math.log10(highest / LOWEST_MILLIS)));
  }

  static LatencyPlot of(List<Latencies> measured) {
    LatencyPlot plot = new LatencyPlot(measured);
    plot.draw();
    return plot;
  }

  /** Writes {@code latency.svg} into a folder, which may not exist yet; returns the file. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("latency.svg"), svg);
  }

  private void draw() {
    int width = Math.max(LEAST_WIDTH, LEFT + phases.size() * GROUP + 30);
    int height = TOP + SlowVendor.NAMES.size() * PANEL + 10;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' role='img'>",
        width, height, width, height);
    add("<title>Time from the 202 to the call at each vendor, by phase</title>");
    add("%s", STYLE);
    add("<rect class='background' width='100%%' height='100%%'/>");
    add("<text class='title' x='%d' y='26'>From the 202 to the call at the vendor</text>", LEFT);
    legend();
    for (int i = 0; i < SlowVendor.NAMES.size(); i++) {
      panel(SlowVendor.NAMES.get(i), TOP + i * PANEL);
    }
    add("</svg>");
  }

  private void legend() {
    for (int i = 0; i < programs.size(); i++) {
      int x = LEFT + i * 110;
      add("<rect class='p%d' x='%d' y='38' width='12' height='12'/>", i, x);
      add("<text x='%d' y='48'>%s</text>", x + 17, programs.get(i));
    }
    add("<text x='%d' y='48'>bar: p50 to p95, line: to p99, dot: max</text>", LEFT + 180);
  }

  private void panel(String vendor, int top) {
    int right = LEFT + phases.size() * GROUP;
    add("<text class='panel' x='%d' y='%d'>%s</text>", LEFT, top + 14, TITLES.get(vendor));
    for (int decade = 0; decade <= decades; decade++) {
      double millis = LOWEST_MILLIS * Math.pow(10, decade);
      double y = y(millis, top);
      add("<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>", LEFT, right, y, y);
      add("<text x='%d' y='%.1f' text-anchor='end'>%.0f</text>", LEFT - 8, y + 4, millis);
    }
    int middle = top + 24 + HEIGHT / 2;
    add(
        "<text transform='translate(18 %d) rotate(-90)' text-anchor='middle'>ms, log scale</text>",
        middle);
    for (int phase = 0; phase < phases.size(); phase++) {
      int x = LEFT + phase * GROUP + GROUP / 2;
      phaseName(phases.get(phase), x, top + 24 + HEIGHT + 18);
      for (Latencies one : measured) {
        if (one.phase().equals(phases.get(phase))) {
          int program = programs.indexOf(one.program());
          int shift = (2 * program - programs.size() + 1) * (BAR + 6) / 2;
          bar(one.calls().get(vendor), program, x + shift, top);
        }
      }
    }
  }

  private void phaseName(String name, int x, int y) {
    String[] lines = name.split(", ", 2);
    for (int i = 0; i < lines.length; i++) {
      add("<text x='%d' y='%d' text-anchor='middle'>%s</text>", x, y + i * 14, lines[i]);
    }
  }

  private void bar(Histogram calls, int program, int x, int top) {
    double p50 = y(Latencies.millis(calls, 50), top);
    double p95 = y(Latencies.millis(calls, 95), top);
    double p99 = y(Latencies.millis(calls, 99), top);
    double most = y(Latencies.millis(calls, 100), top);
    add("<g class='p%d'>", program);
    add(
        "<rect x='%d' y='%.1f' width='%d' height='%.1f'/>",
        x - BAR / 2, p95, BAR, Math.max(1, p50 - p95));
    add("<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke-width='2'/>", x, x, p95, p99);
    add("<circle cx='%d' cy='%.1f' r='3'/>", x, most);
    add("</g>");
  }

  private double y(double millis, int top) {
    double share = Math.log10(Math.max(millis, LOWEST_MILLIS) / LOWEST_MILLIS) / decades;
    return top + 24 + HEIGHT * (1 - share);
  }

  private void add(String text, Object... values) {
    svg.append(String.format(Locale.ROOT, text, values)).append('\n');
  }
}
