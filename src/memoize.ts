// Memoisation for small key sets, such as codes and schemas. Caches for keys that come with data need a
// size limit and do not belong here.

/** Caches the result of `make` for each key, without limit. */
export function memoize<K, V extends NonNullable<unknown>>(make: (key: K) => V): (key: K) => V {
  return cachedIn(new Map<K, V>(), make);
}

/** Caches the result of `make` for each object, until the object is garbage collected. */
export function memoizeWeak<K extends object, V extends NonNullable<unknown>>(
  make: (key: K) => V,
): (key: K) => V {
  return cachedIn(new WeakMap<K, V>(), make);
}

/**
 * Caches the result of `make` for the latest object only: for short-lived objects such as records. In a
 * WeakMap, the results of earlier ones would stay in memory until a full garbage collection.
 */
export function memoizeLast<K extends object, V extends NonNullable<unknown>>(
  make: (key: K) => V,
): (key: K) => V {
  let latest: K | undefined;
  let value: V | undefined;
  return (key: K): V => {
    if (latest === key && value !== undefined) return value;
    // Assigned after `make`, so that a throw leaves the cache as it was.
    const result = make(key);
    latest = key;
    value = result;
    return result;
  };
}

interface Store<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function cachedIn<K, V extends NonNullable<unknown>>(store: Store<K, V>, make: (key: K) => V) {
  return (key: K): V => {
    const cached = store.get(key);
    if (cached !== undefined) return cached;
    const result = make(key);
    store.set(key, result);
    return result;
  };
}
