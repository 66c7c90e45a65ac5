import type { ApiForm } from '../kit/api-form';

/** SSM documents. */
export const documentApiForm: ApiForm = {
  form: 'an object with AccountIds, and Name, Owner and ServiceSetting.SettingValue where they are known',
  commands: ['aws ssm describe-document-permission --permission-type Share'],
};
