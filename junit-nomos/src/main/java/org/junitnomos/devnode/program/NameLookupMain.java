package org.junitnomos.devnode.program;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junitnomos.time.Stopwatch;

/**
 * Looks up a name from where a node runs, in the way a node does: a program of its own for who has to know before
 * nodes start whether they can be told names. Ends with 0 if there is an address, which it prints.
 */
final class NameLookupMain {
    private static final int LIMIT_MILLIS = 5_000;
    private static final int PAUSE_MILLIS = 200;
    private static final int NO_ADDRESS = 1;
    private static final int WRONG_USE = 2;

    private NameLookupMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("sun.net.inetaddr.negative.ttl", "0"); // a name may be younger than this program
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.length != 1) {
            err.println("Expected one argument, the name to look up, but was " + arguments.length + " arguments.");
            return WRONG_USE;
        }
        String reason;
        var watch = new Stopwatch();
        do {
            try {
                out.println(InetAddress.getByName(arguments[0]).getHostAddress());
                return 0;
            } catch (UnknownHostException e) {
                reason = String.valueOf(e.getMessage());
            }
            new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } while (watch.nanos() < TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS));
        err.println("No address: " + reason);
        return NO_ADDRESS;
    }
}
