package org.junitnomos;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Finds what depends on the order of a hash collection in one source.
 *
 * <p>From where such a collection is created it follows the variables that hold it, also as parameters of methods of
 * the same source and as values of another such collection. All that may be done with one is to look something up, to
 * change it and to ask for its size; whatever else happens to it is reported: a loop, a stream, a copy into a list, an
 * argument of a method elsewhere, a return.
 */
final class HashOrderScan {

    private static final Set<String> TYPES =
            Set.of("HashMap", "HashSet", "IdentityHashMap", "WeakHashMap", "ConcurrentHashMap", "Hashtable");

    private static final Set<String> FACTORIES = Set.of("newKeySet", "newHashSet", "newHashMap");

    private static final Set<String> COLLECTORS = Set.of("toSet", "toMap", "groupingBy", "toConcurrentMap");

    private static final Set<String> LOOKUPS = Set.of(
            "get",
            "getOrDefault",
            "containsKey",
            "contains",
            "containsAll",
            "put",
            "putAll",
            "putIfAbsent",
            "replace",
            "add",
            "addAll",
            "remove",
            "removeAll",
            "removeIf",
            "retainAll",
            "size",
            "isEmpty",
            "clear",
            "merge",
            "compute",
            "computeIfAbsent",
            "computeIfPresent");

    /** Which of them return a value of the map. */
    private static final Set<String> VALUES =
            Set.of("get", "getOrDefault", "put", "putIfAbsent", "remove", "computeIfAbsent", "replace");

    private static final Set<String> VIEWS = Set.of("keySet", "values", "entrySet");

    private final CompilationUnitTree unit;
    private final Trees trees;
    private final Set<String> found = new TreeSet<>();
    private final Set<Tree> holders = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tree> holdersOfHolders = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<TreePath> toFollow = new ArrayDeque<>();

    private HashOrderScan(CompilationUnitTree unit, Trees trees) {
        this.unit = unit;
        this.trees = trees;
    }

    /** One text for each place, by line. */
    static List<String> of(String source) throws IOException {
        if (Stream.of(TYPES, FACTORIES, COLLECTORS).flatMap(Set::stream).noneMatch(source::contains)) {
            return List.of();
        }
        var file = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
        var scan = new HashOrderScan(task.parse().iterator().next(), Trees.instance(task));
        scan.run();
        return List.copyOf(scan.found);
    }

    private void run() {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitNewClass(NewClassTree created, Void none) {
                if (TYPES.contains(nameOf(created.getIdentifier()))) {
                    follow(getCurrentPath());
                }
                return super.visitNewClass(created, none);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                String method = nameOf(call.getMethodSelect());
                if (FACTORIES.contains(method)) {
                    follow(getCurrentPath());
                }
                int inOrder = method.equals("groupingBy") ? 3 : 4; // with a supplier of the collection
                if (COLLECTORS.contains(method) && call.getArguments().size() < inOrder) {
                    report(getCurrentPath(), "collects in the order of hashes");
                }
                return super.visitMethodInvocation(call, none);
            }

            @Override
            public Void visitMemberReference(MemberReferenceTree reference, Void none) {
                if (TYPES.contains(nameOf(reference.getQualifierExpression()))) {
                    report(getCurrentPath(), "creates what cannot be followed");
                }
                return super.visitMemberReference(reference, none);
            }
        }.scan(unit, null);
        while (!toFollow.isEmpty()) {
            followUses(toFollow.poll());
        }
    }

    /** Judges what becomes of an expression that is a hash collection, held by a variable or just created. */
    private void follow(TreePath at) {
        TreePath up = at.getParentPath();
        Tree parent = up.getLeaf();
        if (parent instanceof ParenthesizedTree || parent instanceof ConditionalExpressionTree) {
            follow(up);
        } else if (parent instanceof VariableTree) {
            hold(up);
        } else if (parent instanceof AssignmentTree assignment) {
            if (assignment.getExpression() == at.getLeaf()) {
                hold(declaration(new TreePath(up, assignment.getVariable())));
            }
        } else if (parent instanceof MemberSelectTree select
                && up.getParentPath().getLeaf() instanceof MethodInvocationTree) {
            String method = select.getIdentifier().toString();
            if (VIEWS.contains(method)) {
                follow(up.getParentPath());
            } else if (!LOOKUPS.contains(method)) {
                report(at, "is used by " + method);
            }
        } else if (parent instanceof MemberReferenceTree reference) {
            if (!LOOKUPS.contains(reference.getName().toString())) {
                report(at, "is used by " + reference.getName());
            }
        } else if (parent instanceof LambdaExpressionTree) {
            followValue(at, up);
        } else if (parent instanceof MethodInvocationTree call) {
            followArgument(at, up, nameOf(call.getMethodSelect()), call.getArguments());
        } else if (parent instanceof NewClassTree call) {
            followArgument(at, up, nameOf(call.getIdentifier()), call.getArguments());
        } else if (!(parent instanceof ExpressionStatementTree
                || parent instanceof BinaryTree
                || parent instanceof SynchronizedTree)) {
            report(at, parent instanceof EnhancedForLoopTree ? "is iterated" : "is handed on");
        }
    }

    /** A collection that a lambda makes for a map becomes a value of it. */
    private void followValue(TreePath at, TreePath lambda) {
        if (lambda.getParentPath().getLeaf() instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("computeIfAbsent")) {
            TreePath map = declaration(new TreePath(lambda.getParentPath(), select.getExpression()));
            if (map != null) {
                if (holdersOfHolders.add(map.getLeaf())) {
                    toFollow.add(map); // once more, if it is followed for itself
                }
                follow(lambda.getParentPath());
                return;
            }
        }
        report(at, "is handed on");
    }

    /** A map whose values are hash collections, which itself may have an order. */
    private void followValuesOf(TreePath map) {
        TreePath call = map.getParentPath().getParentPath();
        if (!(map.getParentPath().getLeaf() instanceof MemberSelectTree select)
                || !(call.getLeaf() instanceof MethodInvocationTree)) {
            report(map, "is handed on with collections in it");
        } else if (VALUES.contains(select.getIdentifier().toString())) {
            follow(call);
        } else if (!LOOKUPS.contains(select.getIdentifier().toString())
                && !select.getIdentifier().contentEquals("keySet")) {
            report(map, "is used by " + select.getIdentifier() + " with collections in it");
        }
    }

    private void followArgument(TreePath at, TreePath call, String method, List<? extends ExpressionTree> arguments) {
        if (arguments.indexOf(at.getLeaf()) < 0 || TYPES.contains(method)) {
            return;
        }
        if (Set.of("newSetFromMap", "requireNonNull").contains(method)) {
            follow(call);
            return;
        }
        if (Set.of("containsAll", "removeAll", "retainAll").contains(method)) {
            return;
        }
        if (Set.of("addAll", "putAll").contains(method)
                && call.getLeaf() instanceof MethodInvocationTree into
                && into.getMethodSelect() instanceof MemberSelectTree select
                && isHash(declaration(new TreePath(call, select.getExpression())))) {
            return;
        }
        List<TreePath> parameters = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree declared, Void none) {
                boolean constructor = declared.getName().contentEquals("<init>");
                String name = constructor
                        ? nameOf(getCurrentPath().getParentPath().getLeaf())
                        : declared.getName().toString();
                if (name.equals(method) && declared.getParameters().size() == arguments.size()) {
                    parameters.add(new TreePath(
                            getCurrentPath(), declared.getParameters().get(arguments.indexOf(at.getLeaf()))));
                }
                return super.visitMethod(declared, none);
            }
        }.scan(unit, null);
        if (parameters.isEmpty()) {
            report(at, "is handed to " + method);
        }
        parameters.forEach(this::hold);
    }

    private static boolean isHash(TreePath variable) {
        return variable != null
                && ((VariableTree) variable.getLeaf()).getInitializer() instanceof NewClassTree created
                && TYPES.contains(nameOf(created.getIdentifier()));
    }

    private void hold(TreePath variable) {
        if (variable == null) {
            return;
        }
        if (holders.add(variable.getLeaf())) {
            toFollow.add(variable);
        }
    }

    private void followUses(TreePath variable) {
        var declared = (VariableTree) variable.getLeaf();
        boolean hashed = holders.contains(declared);
        boolean ofHashed = holdersOfHolders.contains(declared);
        boolean field = variable.getParentPath().getLeaf() instanceof ClassTree;
        if (field && !declared.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
            report(variable, "is no private field");
        }
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitIdentifier(IdentifierTree use, Void none) {
                return use(use, use.getName().contentEquals(declared.getName()));
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree use, Void none) {
                use(use, field && use.getIdentifier().contentEquals(declared.getName()));
                return super.visitMemberSelect(use, none);
            }

            private Void use(Tree use, boolean named) {
                boolean method = getCurrentPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
                        && call.getMethodSelect() == use;
                TreePath meant = named && !method ? declaration(getCurrentPath()) : null;
                if (meant != null && meant.getLeaf() == declared) {
                    if (hashed) {
                        follow(getCurrentPath());
                    }
                    if (ofHashed) {
                        followValuesOf(getCurrentPath());
                    }
                }
                return null;
            }
        }.scan(unit, null);
    }

    /** The variable that an expression names, by the scopes around it; null if it names none of this source. */
    private static TreePath declaration(TreePath use) {
        boolean member = use.getLeaf() instanceof MemberSelectTree;
        if (!member && !(use.getLeaf() instanceof IdentifierTree)) {
            return null;
        }
        String name = nameOf(use.getLeaf());
        for (TreePath at = use.getParentPath(); at != null; at = at.getParentPath()) {
            for (Tree each : declarations(at.getLeaf(), member)) {
                if (each instanceof VariableTree variable && variable.getName().contentEquals(name)) {
                    return new TreePath(at, each);
                }
            }
        }
        return null;
    }

    private static List<? extends Tree> declarations(Tree scope, boolean onlyFields) {
        if (scope instanceof ClassTree type) {
            return type.getMembers();
        } else if (onlyFields) {
            return List.of();
        } else if (scope instanceof BlockTree block) {
            return block.getStatements();
        } else if (scope instanceof MethodTree method) {
            return method.getParameters();
        } else if (scope instanceof LambdaExpressionTree lambda) {
            return lambda.getParameters();
        } else if (scope instanceof EnhancedForLoopTree loop) {
            return List.of(loop.getVariable());
        }
        return List.of();
    }

    private static String nameOf(Tree tree) {
        if (tree instanceof ClassTree type) {
            return type.getSimpleName().toString();
        }
        String text = tree.toString().replaceAll("<.*>", "");
        return text.substring(text.lastIndexOf('.') + 1);
    }

    private void report(TreePath at, String how) {
        long start = trees.getSourcePositions().getStartPosition(unit, at.getLeaf());
        String what = at.getLeaf() instanceof VariableTree variable
                ? variable.getName().toString()
                : at.getLeaf().toString().lines().findFirst().orElse("");
        found.add("line %03d: %s %s".formatted(unit.getLineMap().getLineNumber(start), what, how));
    }
}
