package org.junitnomos;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** What japicmp is told to compare with the last release: packages, and single types in or out. */
final class CheckedApi {
    private final Set<String> included;
    private final Set<String> excluded;

    private CheckedApi(Set<String> included, Set<String> excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    static CheckedApi of(Path pom) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        return new CheckedApi(texts(document, "include"), texts(document, "exclude"));
    }

    private static Set<String> texts(Document document, String tag) {
        var texts = new TreeSet<String>();
        var elements = document.getElementsByTagName(tag);
        for (int i = 0; i < elements.getLength(); i++) {
            String text = elements.item(i).getTextContent().trim();
            if (text.startsWith("org.junitnomos.")) {
                texts.add(text);
            }
        }
        return texts;
    }

    boolean covers(JavaClass type) {
        return (included.contains(type.getPackageName()) || included.contains(type.getName()))
                && !excluded.contains(type.getName());
    }

    /** The names that are neither a package nor a type. */
    List<String> unknown(JavaClasses classes) {
        var unknown = new ArrayList<String>(included);
        unknown.addAll(excluded);
        classes.forEach(type -> {
            unknown.remove(type.getName());
            unknown.removeIf(type.getPackageName()::equals);
        });
        return unknown;
    }
}
