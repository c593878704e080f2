package org.junitnomos.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sections of the node contract by number: which the page has, and which a source cites. */
final class ContractCitations {

    private static final String NUMBER = "(?:\\d+(?:\\.\\d+)?|Appendix [A-Z])";

    private static final Pattern HEADING = Pattern.compile("#+ (" + NUMBER + ")\\b.*");

    /** One number or several, for example {@code 1.4, 1.5 and Appendix B}. */
    private static final Pattern CITATION =
            Pattern.compile("(?i)\\bcontract (" + NUMBER + "(?:(?:, | and | or | to )" + NUMBER + ")*)");

    private ContractCitations() {}

    /** The number of each numbered heading, in order. */
    static List<String> headings(List<String> lines) {
        var numbers = new ArrayList<String>();
        for (var line : lines) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                numbers.add(heading.group(1));
            }
        }
        return numbers;
    }

    /** The numbers that the comments and texts of a Java source cite, in order; lines of a comment are one text. */
    static List<String> in(String source) {
        var numbers = new ArrayList<String>();
        var citation = CITATION.matcher(source.replaceAll("\\s*\\n\\s*(?:\\*|//)?\\s*", " "));
        while (citation.find()) {
            numbers.addAll(List.of(citation.group(1).split(", | and | or | to ")));
        }
        return numbers;
    }
}
