package benchmarks.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junitnomos.topology.NetworkLayout;

/**
 * Does one piece of work for each line of standard input, on the classes of one tree, and answers in a line: {@code @}
 * and what was measured, or {@code !} and why it was not. Lives on between two pieces, so that two trees can be
 * measured by turns in JVMs that are warm; ends with its input.
 */
public final class Worker {
    private final Virtual virtual;
    private final Deploys deploys;
    private final Live live;

    private Worker(Path scratch) {
        virtual = new Virtual(scratch);
        deploys = new Deploys(scratch);
        live = new Live(scratch);
    }

    /**
     * Works.
     *
     * @param arguments a directory for everything that is written
     */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what the library prints is no answer
        var worker = new Worker(Path.of(arguments[0]));
        var orders = new LinkedBlockingQueue<String>();
        new Thread(() -> read(orders), "orders").start();
        while (true) {
            String line = orders.take();
            var words = List.of(line.split(" "));
            try {
                var figures = worker.work(words.get(0), words.subList(1, words.size()));
                answers.println("@ " + text(figures));
            } catch (Throwable e) {
                e.printStackTrace();
                answers.println("! " + encoded(e.toString()));
            }
            answers.flush();
        }
    }

    /** Whoever gives orders may be killed: then nobody wants an answer any more. */
    private static void read(BlockingQueue<String> orders) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(orders::add);
        } catch (IOException e) {
            e.printStackTrace();
        }
        System.exit(0); // removes what is deployed
    }

    private Map<String, ?> work(String what, List<String> arguments) throws Exception {
        int[] numbers = arguments.stream()
                .filter(word -> word.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
        return switch (what) {
            case "hour" -> virtual.hour(numbers[0], numbers[1]);
            case "seeds" -> virtual.seeds(numbers[0], numbers[1], numbers[2]);
            case "hours" -> virtual.hours(numbers[0]);
            case "grown" -> virtual.grown(NetworkLayout.valueOf(arguments.get(0)), numbers[0], numbers[1]);
            case "load" -> virtual.load(numbers[0], numbers[1]);
            case "deploy" -> deploys.deploy(arguments.get(0), numbers[0]);
            case "close" -> deploys.close();
            case "live" -> live.run(
                    arguments.get(0),
                    numbers,
                    arguments.contains("full") ? NetworkLayout.FULL : NetworkLayout.STAR,
                    arguments.contains("poll"));
            case "image" -> {
                Tree.image(Path.of(arguments.get(0)));
                yield Map.of();
            }
            default -> throw new IllegalArgumentException(what + " " + Arrays.toString(numbers));
        };
    }

    private static String text(Map<String, ?> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + encoded("" + figure.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
