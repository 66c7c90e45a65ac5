import type { ApiForm } from '../kit/api-form';

/** AMIs. */
export const amiApiForm: ApiForm = {
  form: 'an object with ImageId and LaunchPermissions, and OwnerId and ImageBlockPublicAccessState where they are known',
  commands: ['aws ec2 describe-image-attribute --attribute launchPermission'],
};
