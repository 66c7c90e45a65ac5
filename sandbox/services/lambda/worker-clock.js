'use strict';

/**
 * Puts this thread's `Date` ahead of the machine's clock, by as much as the memory says at each moment. Timers are not changed.
 *
 * @param {SharedArrayBuffer} memory of a TimeShift
 */
function shiftClock(memory) {
  const milliseconds = new BigInt64Array(memory);
  const MachineDate = Date;
  const now = () => MachineDate.now() + Number(Atomics.load(milliseconds, 0));
  const ShiftedDate = new Proxy(MachineDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new MachineDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  MachineDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}

module.exports = { shiftClock };
