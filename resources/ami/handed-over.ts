import type { HandedOverForms } from '../kit/resource-type';
import { type Ami, amiFromApi } from './model';

/** How AMIs are handed over: DescribeImageAttribute's answers. AWS Config has no rows of them. */
export const amiForms: HandedOverForms<Ami> = {
  fromApi: amiFromApi,
  apiId: ({ ImageId }) => ImageId,
  isApiAnswer: ({ LaunchPermissions }) => Array.isArray(LaunchPermissions),
  fits: () => false,
  idIn: ({ ImageId }) => ImageId,
  withId: (fields) => fields,
};
