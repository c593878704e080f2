package org.junitnomos.ends;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What a test JVM hears from the one that started it: a line says go on, the end of input says end. */
final class ParentPipe {
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    private ParentPipe() {}

    /** The tests of this JVM wait for ever: it must not outlive the one that started it, however that ended. */
    static void follow() {
        var reader = new Thread(ParentPipe::read, "parent");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read() {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                GO_ON.countDown();
            }
        } catch (IOException e) {
            System.out.println("the parent's pipe broke: " + e);
        }
        Runtime.getRuntime().halt(1);
    }

    /** Say whether the parent said go on. */
    static boolean isToGoOn() {
        return GO_ON.getCount() == 0;
    }

    /** Wait until whoever started this JVM has seen all that it wants to see of it alive. */
    static void awaitGoOn() throws InterruptedException {
        GO_ON.await();
    }
}
