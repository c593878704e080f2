package org.junitnomos.deploy.nft;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Has tables of our own in the packet filter of this machine, and touches no others. Thread-safe; each call runs a
 * program, which takes some milliseconds.
 */
@API(status = INTERNAL, since = "0.1")
public final class Nft {
    private static final String FAMILY = "inet";
    private static final Pattern TABLE = Pattern.compile("table " + FAMILY + " (\\S+)");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private final NftCommand command;

    /**
     * Speaks through a program.
     *
     * @param command runs it
     */
    public Nft(NftCommand command) {
        this.command = command;
    }

    /**
     * Looks for the program of this machine.
     *
     * @return what speaks through it
     * @throws IOException if there is none; says where it was looked for, and how to get it
     */
    public static Nft ofThisMachine() throws IOException {
        return new Nft(NftProgram.find());
    }

    /**
     * Lists the names of the tables of family {@code inet} on this machine, in the network namespace of this process.
     *
     * @throws IOException if the program cannot tell, for example without permission
     */
    public List<String> tables() throws IOException {
        var tables = new TreeSet<String>();
        for (String line :
                command.run(List.of("list", "tables", FAMILY), "").lines().toList()) {
            var table = TABLE.matcher(line.strip());
            if (table.matches()) {
                tables.add(table.group(1));
            }
        }
        return List.copyOf(tables);
    }

    /**
     * Shows a table as the program writes it: sets, chains, rules and counters.
     *
     * @throws IOException if it is not there
     */
    public String show(String table) throws IOException {
        return command.run(List.of("list", "table", FAMILY, named(table)), "");
    }

    /**
     * Makes a table, whole or not at all.
     *
     * @param table lower-case letters, digits and underscores; must not be there yet
     * @param content what stands between its braces, in the language of the program
     * @throws NftRefusedException if it was not made
     * @throws IOException if nobody knows whether it was made
     */
    public void create(String table, List<String> content) throws IOException {
        command.run(List.of("-f", "-"), script(table, content));
    }

    /**
     * Tries whether a table could be made, without making it.
     *
     * @throws IOException if it could not; says why
     */
    public void check(String table, List<String> content) throws IOException {
        command.run(List.of("-c", "-f", "-"), script(table, content));
    }

    private static String script(String table, List<String> content) {
        var lines = new ArrayList<String>();
        lines.add("create table " + FAMILY + " " + named(table));
        lines.add("table " + FAMILY + " " + named(table) + " {");
        lines.addAll(content);
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    /**
     * Numbers of a set.
     *
     * @param set its name
     * @param numbers one or more
     */
    public record Elements(String set, List<Integer> numbers) {}

    /** Adds numbers to sets of a table, all of them or none. */
    public void add(String table, List<Elements> elements) throws IOException {
        change("add", table, elements);
    }

    /** Removes numbers, all of which are there, from sets of a table, all of them or none. */
    public void remove(String table, List<Elements> elements) throws IOException {
        change("delete", table, elements);
    }

    private void change(String verb, String table, List<Elements> elements) throws IOException {
        var script = new StringBuilder();
        for (var each : elements) {
            var texts = each.numbers().stream().map(String::valueOf).toList();
            script.append(verb + " element " + FAMILY + " " + named(table) + " " + named(each.set()) + " { "
                    + String.join(", ", texts) + " }\n");
        }
        command.run(List.of("-f", "-"), script.toString());
    }

    /**
     * Deletes a table with everything in it.
     *
     * @throws IOException if it is not there, or cannot be deleted
     */
    public void delete(String table) throws IOException {
        command.run(List.of("delete", "table", FAMILY, named(table)), "");
    }

    private static String named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a table or a set, expected " + NAME.pattern());
        }
        return name;
    }
}
