package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
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
            return unanswered(e);
        }
        String said = "the API server answered " + e.getCode() + ": " + message(e);
        if (isUnauthorized(e)) {
            return said + ". The credentials are wrong or have expired";
        }
        if (isQuota(e)) {
            return said + ". The quota of the namespace is used up: deploy fewer nodes, or lower"
                    + " 'nomos.kubernetes.memory'";
        }
        return isForbidden(e)
                ? said + ". Bind a role that allows it: " + Permissions.inJar(Permissions.CLUSTER_ROLE)
                        + ", and where a namespace is given, " + Permissions.ROLE + " beside it"
                : said;
    }

    private static String message(KubernetesClientException e) {
        var status = e.getStatus();
        String text = status == null || status.getMessage() == null ? e.getMessage() : status.getMessage();
        return text == null ? "no reason" : text.strip().replaceAll("\\.$", "");
    }

    private static String unanswered(KubernetesClientException e) {
        var causes = causes(e);
        var cause = causes.get(causes.size() - 1);
        if (cause instanceof JacksonException answer) {
            String what = answer.getOriginalMessage().replaceAll("\\s+", " ");
            return "what answers is no API server of Kubernetes, perhaps a proxy: "
                    + what.substring(0, Math.min(what.length(), LONGEST_ANSWER));
        }
        return "the cluster does not answer: " + why(causes);
    }

    /** The client of the JDK has texts of its own for none of these. */
    private static String why(List<Throwable> causes) {
        var cause = causes.get(causes.size() - 1);
        if (causes.stream().anyMatch(UnresolvedAddressException.class::isInstance)
                || cause instanceof UnknownHostException) {
            return "its host is unknown";
        }
        if (causes.stream().anyMatch(HttpTimeoutException.class::isInstance)) {
            return "no answer in time";
        }
        if (causes.stream().anyMatch(ConnectException.class::isInstance)) {
            return "connection refused";
        }
        if (cause instanceof ClosedChannelException || cause instanceof EOFException) {
            return "the connection broke before the answer was complete";
        }
        return cause instanceof SSLException ? "TLS: " + cause.getMessage() : cause.toString();
    }

    /** The exception and what caused it, the innermost last. */
    private static List<Throwable> causes(Throwable e) {
        var causes = new ArrayList<>(List.of(e));
        for (var cause = e.getCause(); cause != null && causes.size() < MOST_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
