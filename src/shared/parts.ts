import type { Logger } from './logger.ts';

type Stop = () => Promise<unknown>;

/** The running parts of a service, stopped in the opposite order of their start. */
export type Parts = {
  /** Starts a part, and stops it with the others. */
  run<Part extends { start(): void; stop(): Promise<unknown> }>(part: Part): Part;
  /** For a part that runs from its making, or that ends by another name. */
  atStop(stop: Stop): void;
  stop(): Promise<void>;
};

export function createParts(logger: Logger): Parts {
  const stops: Stop[] = [];
  const atStop = (stop: Stop): void => {
    stops.unshift(stop);
  };
  return {
    run(part) {
      part.start();
      atStop(() => part.stop());
      return part;
    },
    atStop,
    async stop() {
      for (const one of stops.splice(0)) {
        // One part that cannot stop must not keep the others running.
        await one().catch((error: unknown) => logger.error({ err: error }, 'a part did not stop well'));
      }
    },
  };
}
