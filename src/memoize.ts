// Layer 0: things that are worked out once. For keys of which there are few; what comes with data
// needs a bound of its own.

/** What `make` gives for a key, made when first asked for and kept. */
export function memoize<K, V extends NonNullable<unknown>>(make: (key: K) => V): (key: K) => V {
  return kept(new Map<K, V>(), make);
}

/** The same by object, kept as long as the object is. */
export function memoizeWeak<K extends object, V extends NonNullable<unknown>>(
  make: (key: K) => V,
): (key: K) => V {
  return kept(new WeakMap<K, V>(), make);
}

/**
 * The same for objects that come and go, such as records: the latest one is known. What a map of
 * either kind held of those before it would stay in memory until a full collection.
 */
export function memoizeLast<K extends object, V extends NonNullable<unknown>>(
  make: (key: K) => V,
): (key: K) => V {
  let known: K | undefined;
  let value: V | undefined;
  return (key: K): V => {
    if (known === key && value !== undefined) return value;
    // Nothing is kept of a key that could not be worked out.
    const made = make(key);
    known = key;
    value = made;
    return made;
  };
}

interface Store<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function kept<K, V extends NonNullable<unknown>>(store: Store<K, V>, make: (key: K) => V) {
  return (key: K): V => {
    const known = store.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    store.set(key, made);
    return made;
  };
}
