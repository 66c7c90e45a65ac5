import { type Queue, queueItems } from '../../resources/queue/model';
import type { CustomControl } from '../control';
import { evaluate } from './evaluate';
import { evaluateItem } from './evaluate-item';
import { facts } from './facts';
import type { PublicPolicyParameters } from './parameters';
import { plan } from './plan';

/** Finds queues whose policy lets everybody in, and takes what is public from it. */
export const control: CustomControl<Queue, PublicPolicyParameters> = {
  ...facts,
  ...queueItems,
  evaluateItem,
  evaluate,
  plan,
};
