import type { Trail } from '../service';

/** Security groups, by id or name, and what is tagged. */
export const trail: Trail = {
  namesOf: ({ parameters: { GroupId, GroupName, ResourceId } }) => [GroupId, GroupName, ResourceId].flat(),
};
