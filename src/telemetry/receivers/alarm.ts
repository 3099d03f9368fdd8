/** A wait that can be cut short. */
export type Alarm = { readonly wait: (milliseconds: number) => Promise<void>; readonly ring: () => void };

export function createAlarm(): Alarm {
  const sleepers = new Set<() => void>();
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const up = (): void => {
          clearTimeout(timer);
          sleepers.delete(up);
          resolve();
        };
        const timer = setTimeout(up, milliseconds);
        sleepers.add(up);
      }),
    ring: () => {
      for (const up of [...sleepers]) up();
    },
  };
}
