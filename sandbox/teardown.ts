import { printable } from '../resources/kit/printable';

/** What has to be undone at the end, the latest first. */
export class Teardown {
  private readonly steps: (() => void | Promise<void>)[] = [];
  private running: Promise<void> | undefined;

  add(step: () => void | Promise<void>): void {
    this.steps.push(step);
  }

  /** Undoes everything, once; a step that fails does not keep the others from being undone. */
  run(): Promise<void> {
    this.running ??= this.undo();
    return this.running;
  }

  private async undo(): Promise<void> {
    for (const step of this.steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        console.error(printable(`Something could not be stopped: ${(error as Error).message}`));
      }
    }
  }
}
