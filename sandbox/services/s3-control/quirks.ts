import type { Quirks } from '../service';

/** moto looks for an account before the host only under AWS's own domain. */
export const quirks: Quirks = {
  askMoto: (_call, request, moto) =>
    moto.send({ ...request, headers: { ...request.headers, host: 'localhost' } }),
};
