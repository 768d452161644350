// Loaded before a node program (NODE_OPTIONS=--import): its clock goes ahead by STAND_IN_HOURS. Timers stay as they are.
const ahead = Number(process.env.STAND_IN_HOURS ?? 0) * 3_600_000;
globalThis.Date = new Proxy(Date, {
  construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [date.now() + ahead] : args, target),
  get: (date, key) => (key === 'now' ? () => date.now() + ahead : Reflect.get(date, key)),
});
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ahead });
