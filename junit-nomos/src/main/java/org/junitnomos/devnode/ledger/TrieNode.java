package org.junitnomos.devnode.ledger;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of the trie behind {@link PersistentMap}: a leaf, a branch of up to 32, or leaves of one hash. */
sealed interface TrieNode {
    /** Spreads the bits of a hash code, as the branches look at five at a time. */
    static int hash(Object key) {
        int code = key.hashCode() * 0x9E3779B9;
        return code ^ (code >>> 16);
    }

    @Nullable
    Leaf find(int hash, int shift, Object key);

    TrieNode with(Leaf leaf, int shift);

    /** Returns this node without the key, which it has; null if nothing is left. */
    @Nullable
    TrieNode without(int hash, int shift, Object key);

    void forEach(Consumer<Leaf> action);

    /** One entry. */
    record Leaf(int hash, Object key, Object value) implements TrieNode {
        @Override
        public @Nullable Leaf find(int wanted, int shift, Object wantedKey) {
            return wanted == hash && key.equals(wantedKey) ? this : null;
        }

        @Override
        public TrieNode with(Leaf leaf, int shift) {
            if (leaf.hash != hash) {
                return Branch.of(this, leaf, shift);
            }
            return leaf.key.equals(key) ? leaf : new Collision(hash, new Leaf[] {this, leaf});
        }

        @Override
        public @Nullable TrieNode without(int wanted, int shift, Object wantedKey) {
            return null;
        }

        @Override
        public void forEach(Consumer<Leaf> action) {
            action.accept(this);
        }
    }

    /** Several entries whose keys have the same hash. */
    record Collision(int hash, Leaf[] leaves) implements TrieNode {
        @Override
        public @Nullable Leaf find(int wanted, int shift, Object key) {
            if (wanted == hash) {
                for (Leaf leaf : leaves) {
                    if (leaf.key.equals(key)) {
                        return leaf;
                    }
                }
            }
            return null;
        }

        @Override
        public TrieNode with(Leaf leaf, int shift) {
            if (leaf.hash != hash) {
                return Branch.of(this, hash, shift).with(leaf, shift);
            }
            for (int i = 0; i < leaves.length; i++) {
                if (leaves[i].key.equals(leaf.key)) {
                    Leaf[] copy = leaves.clone();
                    copy[i] = leaf;
                    return new Collision(hash, copy);
                }
            }
            Leaf[] copy = Arrays.copyOf(leaves, leaves.length + 1);
            copy[leaves.length] = leaf;
            return new Collision(hash, copy);
        }

        @Override
        public TrieNode without(int wanted, int shift, Object key) {
            Leaf[] copy = new Leaf[leaves.length - 1];
            int next = 0;
            for (Leaf leaf : leaves) {
                if (!leaf.key.equals(key)) {
                    copy[next++] = leaf;
                }
            }
            return copy.length == 1 ? copy[0] : new Collision(hash, copy);
        }

        @Override
        public void forEach(Consumer<Leaf> action) {
            for (Leaf leaf : leaves) {
                action.accept(leaf);
            }
        }
    }

    /** A branch by five bits of the hash; bit i of the bitmap says whether there is a child for the value i. */
    record Branch(int bitmap, TrieNode[] children) implements TrieNode {
        static TrieNode of(Leaf first, Leaf second, int shift) {
            return of(first, first.hash, shift).with(second, shift);
        }

        static Branch of(TrieNode only, int hash, int shift) {
            return new Branch(bit(hash, shift), new TrieNode[] {only});
        }

        private static int bit(int hash, int shift) {
            return 1 << ((hash >>> shift) & 31);
        }

        private int indexOf(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        @Override
        public @Nullable Leaf find(int hash, int shift, Object key) {
            int bit = bit(hash, shift);
            return (bitmap & bit) == 0 ? null : children[indexOf(bit)].find(hash, shift + 5, key);
        }

        @Override
        public TrieNode with(Leaf leaf, int shift) {
            int bit = bit(leaf.hash, shift);
            int index = indexOf(bit);
            if ((bitmap & bit) != 0) {
                TrieNode[] copy = children.clone();
                copy[index] = copy[index].with(leaf, shift + 5);
                return new Branch(bitmap, copy);
            }
            TrieNode[] copy = new TrieNode[children.length + 1];
            System.arraycopy(children, 0, copy, 0, index);
            copy[index] = leaf;
            System.arraycopy(children, index, copy, index + 1, children.length - index);
            return new Branch(bitmap | bit, copy);
        }

        @Override
        public @Nullable TrieNode without(int hash, int shift, Object key) {
            int bit = bit(hash, shift);
            int index = indexOf(bit);
            TrieNode child = children[index].without(hash, shift + 5, key);
            if (child != null) {
                if (children.length == 1 && !(child instanceof Branch)) {
                    return child;
                }
                TrieNode[] copy = children.clone();
                copy[index] = child;
                return new Branch(bitmap, copy);
            }
            if (children.length == 1) {
                return null;
            }
            if (children.length == 2 && !(children[1 - index] instanceof Branch)) {
                return children[1 - index];
            }
            TrieNode[] copy = new TrieNode[children.length - 1];
            System.arraycopy(children, 0, copy, 0, index);
            System.arraycopy(children, index + 1, copy, index, copy.length - index);
            return new Branch(bitmap ^ bit, copy);
        }

        @Override
        public void forEach(Consumer<Leaf> action) {
            for (TrieNode child : children) {
                child.forEach(action);
            }
        }
    }
}
