import type { FindingDetails } from '../../operator/findings/finding-details';
import { findingJson } from '../findings/finding-json';

/** One finding for programs: as `staunch findings --json` prints it, with what was saved of its fix, and its exemption. */
export function findingDetailsJson({ record, history, exemption }: FindingDetails): object {
  return { ...findingJson(record), fix: history, exemption };
}
