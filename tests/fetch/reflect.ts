/**
 * @peculiar/x509 builds on a container that asks for the reflect-metadata polyfill. It only ever reads and writes the
 * types of constructor parameters, which this much of it does.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

Object.assign(Reflect, {
  getMetadata: (key: unknown, target: object) => metadata.get(target)?.get(key),
  getOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.get(key),
  hasOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.has(key) ?? false,
  defineMetadata: (key: unknown, value: unknown, target: object) => {
    const own = metadata.get(target) ?? new Map<unknown, unknown>();
    metadata.set(target, own.set(key, value));
  },
});
