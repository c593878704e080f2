package org.junitnomos.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitnomos.deploy.nft.NftCommand;
import org.junitnomos.deploy.nft.NftRefusedException;

/** A packet filter that takes what the program {@code nft} takes from this project, and shows it as that one does. */
public final class FakePacketFilter implements NftCommand {
    private static final Pattern CREATE = Pattern.compile("create table inet (\\S+)\n.*", Pattern.DOTALL);
    private static final Pattern ELEMENTS =
            Pattern.compile("(add|delete) element inet (\\S+) (\\S+) \\{ ([0-9, ]+) }\n");

    private final Map<String, Map<String, TreeSet<Integer>>> tables = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private String failure = "";
    private boolean isUnknown;
    private long past;

    /** From now on every call fails with that text. */
    public synchronized void failWith(String text) {
        failure = text;
    }

    /** From now on every call fails, and nobody knows whether it did what it was told. */
    public synchronized void failUnknown(String text) {
        failure = text;
        isUnknown = true;
    }

    /** From now on calls work again. */
    public synchronized void recover() {
        failure = "";
    }

    /** Lets the counter of every table say so. */
    public synchronized void count(long datagrams) {
        past = datagrams;
    }

    /** Puts an empty table there. */
    public synchronized void put(String table) {
        tables.put(table, new TreeMap<>());
    }

    /** Takes a table away, as somebody else may. */
    public synchronized void drop(String table) {
        tables.remove(table);
    }

    public synchronized List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    /** The arguments of all calls. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The numbers in a set of a table. */
    public synchronized List<Integer> set(String table, String set) {
        return List.copyOf(tables.get(table).get(set));
    }

    /** Takes a number out of a set, as somebody else may. */
    public synchronized void removeFrom(String table, String set, int number) {
        tables.get(table).get(set).remove(number);
    }

    @Override
    public synchronized String run(List<String> arguments, String input) throws IOException {
        calls.add(String.join(" ", arguments));
        if (!failure.isEmpty()) {
            throw isUnknown ? new IOException(failure) : new NftRefusedException(failure);
        }
        switch (String.join(" ", arguments)) {
            case "list tables inet" -> {
                return "# Warning: table ip nat is managed by iptables-nft, do not touch!\n"
                        + String.join(
                                "",
                                tables.keySet().stream()
                                        .map(name -> "table inet " + name + "\n")
                                        .toList());
            }
            case "-c -f -" -> {
                return "";
            }
            case "-f -" -> {
                change(input);
                return "";
            }
            default -> {
                String table = arguments.get(arguments.size() - 1);
                if (!tables.containsKey(table)) {
                    throw new IOException("Error: No such file or directory");
                }
                return arguments.get(0).equals("delete") ? delete(table) : show(table);
            }
        }
    }

    private void change(String input) throws IOException {
        Matcher create = CREATE.matcher(input);
        if (create.matches()) {
            if (tables.containsKey(create.group(1))) {
                throw new IOException("Error: Could not process rule: File exists");
            }
            var sets = new TreeMap<String, TreeSet<Integer>>();
            Matcher set = Pattern.compile("set (\\S+) \\{ type inet_service; }").matcher(input);
            while (set.find()) {
                sets.put(set.group(1), new TreeSet<>());
            }
            tables.put(create.group(1), sets);
            return;
        }
        for (String line : input.split("(?<=\n)")) {
            changeSet(line);
        }
    }

    private void changeSet(String line) throws IOException {
        Matcher elements = ELEMENTS.matcher(line);
        if (elements.matches()) {
            var set = tables.get(elements.group(2)).get(elements.group(3));
            var numbers = Arrays.stream(elements.group(4).split(","))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList();
            if (elements.group(1).equals("add") ? !set.addAll(numbers) : !set.removeAll(numbers)) {
                throw new IOException("Error: Could not process rule: No such file or directory");
            }
        } else {
            throw new IOException("Error: syntax error: " + line);
        }
    }

    private String delete(String table) {
        tables.remove(table);
        return "";
    }

    private String show(String table) {
        var text = new StringBuilder("table inet " + table + " {\n\tcounter past {\n\t\tpackets " + past + " bytes "
                + past * 100 + "\n\t}\n");
        tables.get(table).forEach((set, numbers) -> {
            text.append("\n\tset ").append(set).append(" {\n\t\ttype inet_service\n");
            if (!numbers.isEmpty()) {
                text.append("\t\telements = { ")
                        .append(String.join(
                                ",\n\t\t\t     ",
                                numbers.stream().map(String::valueOf).toList()))
                        .append(" }\n");
            }
            text.append("\t}\n");
        });
        return text
                + "\n\tchain output {\n\t\ttype filter hook output priority filter; policy accept;\n\t\toifname \"lo\" udp"
                + " dport @nodes udp sport != @relays counter name \"past\" drop\n\t}\n}\n";
    }
}
