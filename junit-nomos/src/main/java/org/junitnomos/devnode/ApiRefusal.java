package org.junitnomos.devnode;

/** The refusal of a request, with a status and a text. Carries no stack trace, as it is an ordinary outcome. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;

    ApiRefusal(int status, String text) {
        super(status + " " + text, null, false, false);
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
