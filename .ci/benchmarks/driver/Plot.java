package benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A plot with lines between points; both axes begin at 0. */
final class Plot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 120;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final List<String> COLORS = List.of("#0b62a4", "#b3541e", "#2e7d32", "#6a3d9a");

    private final String horizontal;
    private final String vertical;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, double[] x, double[] y) {}

    Plot(String horizontal, String vertical) {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    Plot line(String name, List<Double> x, List<Double> y) {
        lines.add(new Line(name, array(x), array(y)));
        return this;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    String svg() {
        double right = niceAbove(lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.x))
                .max()
                .orElse(1));
        double top = niceAbove(lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.y))
                .max()
                .orElse(1));
        var svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        for (int i = 0; i <= 4; i++) {
            double share = i / 4.0;
            svg.append(text(
                    "<path d=\"M%d %.0fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.0f\""
                            + " text-anchor=\"end\">%s</text>%n",
                    LEFT, y(share), WIDTH - RIGHT, LEFT - 6, y(share) + 4, number(share * top)));
            svg.append(text(
                    "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(share), HEIGHT - BOTTOM + 18, number(share * right)));
        }
        svg.append(
                text("<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x(0.5), HEIGHT - 8, horizontal));
        svg.append(text(
                "<text transform=\"translate(14 %.0f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                y(0.5), vertical));
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLORS.get(i % COLORS.size()), right, top);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Line line, String color, double right, double top) {
        var path = new StringBuilder();
        var dots = new StringBuilder();
        double y = 0;
        for (int i = 0; i < line.x.length; i++) {
            double x = x(line.x[i] / right);
            y = y(line.y[i] / top);
            path.append(text("%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
            if (line.x.length <= 24) {
                dots.append(text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, color));
            }
        }
        svg.append(text("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%s%n", path, color, dots));
        svg.append(
                text("<text x=\"%d\" y=\"%.0f\" fill=\"%s\">%s</text>%n", WIDTH - RIGHT + 8, y + 4, color, line.name));
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    /** The next of 1, 2, 4, 5, 8 and 10 times a power of ten. */
    private static double niceAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        return DoubleStream.of(1, 2, 4, 5, 8, 10)
                .map(step -> step * power)
                .filter(step -> step >= value)
                .findFirst()
                .orElse(value);
    }

    private static String number(double value) {
        return text(value >= 10 || value == Math.rint(value) ? "%.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
