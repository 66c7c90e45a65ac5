import type { ConfigurationItems, HandedOverForms, ResourceFacts, ResourceType } from '../../resource-type';
import { withChanges } from './apply-changes';
import type { HolderKind } from './kind';
import type { PolicyHolder } from './model';
import { shownHolder } from './shown';

/** What a type with one policy document says of itself. */
export interface HolderParts {
  facts: ResourceFacts;
  kind: HolderKind;
  items: ConfigurationItems<PolicyHolder>;
  forms: HandedOverForms<PolicyHolder>;
}

/** All that is known of a type with one policy document, and pure. */
export function holderType({ facts, kind, items, forms }: HolderParts): ResourceType<PolicyHolder> {
  return { ...facts, ...items, ...forms, ...shownHolder(kind), applyChanges: withChanges };
}
