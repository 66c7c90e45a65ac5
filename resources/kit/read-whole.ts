import { type LiveResource, type Reading, TornReadingError } from './live-resource';

/**
 * How long to wait, in milliseconds, before AWS is asked again after answers that contradict each other: its data is consistent
 * only in the end. https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
const pauses = [250, 1_000, 2_000];

/**
 * Reads a resource, more than once where a reading is torn.
 * @throws TornReadingError when it stays so; whatever else the reading throws
 */
export async function readWhole<Resource>(
  live: LiveResource<Resource>,
  pause: (milliseconds: number) => Promise<void>,
): Promise<Reading<Resource> | 'gone'> {
  for (const milliseconds of pauses) {
    try {
      return await live.read();
    } catch (error) {
      if (!(error instanceof TornReadingError)) throw error;
    }
    await pause(milliseconds);
  }
  return live.read();
}
