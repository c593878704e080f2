package org.junitnomos.report;

/** Finds names in texts as whole words: {@code validator-1} is not in {@code validator-10}. */
final class WordSearch {
    private WordSearch() {}

    static boolean in(String text, String word) {
        for (int at = text.indexOf(word); at >= 0 && !word.isEmpty(); at = text.indexOf(word, at + 1)) {
            if (!isPart(text, at - 1) && !isPart(text, at + word.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }
}
