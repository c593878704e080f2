package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import tools.jackson.core.JacksonException;

/** Puts what the API server refused, or why it did not answer, into words. */
final class ApiFailures {
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int MOST_CAUSES = 8;
    private static final int LONGEST_ANSWER = 400;

    private ApiFailures() {}

    /** Whether a user may not do it; a quota that is used up has the same code. */
    static boolean isForbidden(KubernetesClientException e) {
        return e.getCode() == FORBIDDEN && !isQuota(e);
    }

    static boolean isQuota(KubernetesClientException e) {
        return e.getCode() == FORBIDDEN && message(e).contains("exceeded quota");
    }

    /** Whether an object of that name exists. */
    static boolean isThere(KubernetesClientException e) {
        return e.getCode() == CONFLICT && "AlreadyExists".equals(reason(e));
    }

    /** Whether it is so for a moment only: a young namespace gets its service account and the use of its quota soon. */
    static boolean isPassing(KubernetesClientException e) {
        return e.getCode() == CONFLICT && "Conflict".equals(reason(e))
                || e.getCode() == FORBIDDEN && message(e).contains("serviceaccount \"default\" not found");
    }

    private static String reason(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null || status.getReason() == null ? "" : status.getReason();
    }

    /** Whether the credentials were refused, or there were none. */
    static boolean isUnauthorized(KubernetesClientException e) {
        return e.getCode() == UNAUTHORIZED;
    }

    /** Whether there was no answer at all. */
    static boolean isUnreachable(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    /** Says what went wrong, and how to mend it where that is known; without the last full stop. */
    static String text(KubernetesClientException e) {
        if (isUnreachable(e)) {
            return unreadable(innermost(e));
        }
        String said = "the API server answered " + e.getCode() + ": " + message(e);
        if (isUnauthorized(e)) {
            return said + ". The credentials are wrong or have expired";
        }
        if (isQuota(e)) {
            return said + ". The quota of the namespace is used up: deploy fewer nodes, or lower"
                    + " 'nomos.kubernetes.memory'";
        }
        return isForbidden(e) ? said + ". Bind the role of docs/kubernetes.md" : said;
    }

    private static String message(KubernetesClientException e) {
        var status = e.getStatus();
        String text = status == null || status.getMessage() == null ? e.getMessage() : status.getMessage();
        return text == null ? "no reason" : text.strip().replaceAll("\\.$", "");
    }

    private static String unreadable(Throwable cause) {
        if (cause instanceof JacksonException answer) {
            String what = answer.getOriginalMessage().replaceAll("\\s+", " ");
            return "what answers is no API server of Kubernetes, perhaps a proxy: "
                    + what.substring(0, Math.min(what.length(), LONGEST_ANSWER));
        }
        return "the cluster does not answer: " + cause;
    }

    private static Throwable innermost(Throwable e) {
        Throwable cause = e;
        for (int i = 0; i < MOST_CAUSES && cause.getCause() != null && cause.getCause() != cause; i++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
