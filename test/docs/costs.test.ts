import { detectorCosts } from '../../operator/cost/detector-costs';
import { dollarsOf, prices } from '../../operator/cost/unit-prices';
import { pageText } from './support/pages';

describe('what the detectors cost', () => {
  it('counts each unit of a detector and payer once', () => {
    const keys = detectorCosts().map(({ detector, payer, unit }) => `${detector} ${payer} ${unit}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is units times price', () => {
    for (const line of detectorCosts()) {
      expect(line.units).toBeGreaterThan(0);
      expect(dollarsOf(line)).toBe(line.units * prices[line.unit].dollars);
    }
  });

  it('is what the page says in words', () => {
    const of = (detector: string) =>
      detectorCosts()
        .filter((line) => line.detector === detector)
        .reduce((sum, line) => sum + dollarsOf(line), 0);
    expect(pageText('docs/costs.md').replaceAll('\n', ' ')).toContain(
      'The trail costs less than a cent, and the patrol less than two.',
    );
    expect(of('rule')).toBeGreaterThan(of('trail') + of('patrol'));
    expect(of('trail')).toBeLessThan(0.01);
    expect(of('patrol')).toBeLessThan(0.02);
  });
});
