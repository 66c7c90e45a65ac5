import type { RemediationReport } from '../../../../core/report';
import { seeded } from '../../../support/seeded';
import { testReport } from '../events';
import { ChannelWorld, type WorldOptions } from './channel-world';

/** What a storm came to. */
export interface StormResult {
  world: ChannelWorld;
  /** The last report of each finding. */
  final: RemediationReport[];
  /** Messages and files that were posted to the channel. */
  posts: number;
  updates: number;
  /** Simulated seconds from the first finding until every message showed what was true at the end. */
  seconds: number;
  processorSeconds: number;
}

/**
 * So many findings within a minute, each reported and, some seconds later, fixed, or failed, or asked for. They come in batches, as Lambda
 * hands them over, in random order over the accounts.
 */
export async function storm(findings: number, options: WorldOptions = {}): Promise<StormResult> {
  const random = seeded(2026);
  const world = new ChannelWorld({ tableMilliseconds: 1, ...options });
  const began = world.now().getTime();
  const cpu = process.cpuUsage();
  const final: RemediationReport[] = [];
  const batches = new Map<number, RemediationReport[]>();
  for (let number = 0; number < findings; number += 1) {
    const at = Math.floor((number / findings) * 58_000);
    const report = (sequence: number, state: RemediationReport['state'], after: number) => {
      const time = new Date(began + at + after).toISOString();
      const accountId = String(100_000_000_000 + Math.floor(random() * 40));
      return { sequence, state, accountId, time, second: Math.floor((at + after) / 1_000) };
    };
    const first = report(1, 'waiting', 0);
    const finding = {
      ...testReport.finding,
      accountId: first.accountId,
      control: `control-${Math.floor(random() * 5)}`,
      resourceId: `sg-${String(number).padStart(17, '0')}`,
    };
    const base = { ...testReport, finding, receivedAt: first.time, planDigest: 'f'.repeat(32) };
    const states = ['fixed', 'failed', 'waiting'] as const;
    const end = report(2, states[Math.floor(random() * 3)] ?? 'fixed', 1_000 + Math.floor(random() * 8_000));
    const reports = [first, end].map(({ sequence, state, time }) => ({
      ...base,
      sequence,
      state,
      at: time,
      reportId: `${number}#${sequence}`,
    }));
    for (const [index, { second }] of [first, end].entries()) {
      const batch = batches.get(second) ?? [];
      batches.set(second, batch);
      if (reports[index]) batch.push(reports[index]);
    }
    if (reports[1]) final.push(reports[1]);
  }
  for (const [second, batch] of batches) {
    // Lambda hands a hundred over at most.
    for (let start = 0; start < batch.length; start += 100) {
      world.after(second * 1_000 + 1_000, () => world.report(...batch.slice(start, start + 100)));
    }
  }
  await world.goOn(4 * 60_000);
  const shown = world.slack.messages.map(({ lastChange }) => lastChange);
  const { user, system } = process.cpuUsage(cpu);
  return {
    world,
    final,
    posts: world.slack.messages.length + world.slack.files.length,
    updates: world.slack.calls.update,
    seconds: (Math.max(...shown) - began) / 1_000,
    processorSeconds: (user + system) / 1e6,
  };
}
