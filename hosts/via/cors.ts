import type { Finding } from '../../engine/expectation.ts';

/** Why Chromium kept an answer from a page: `corsErrorStatus` of its DevTools protocol. */
export interface CorsError {
  corsError: string;
  failedParameter: string;
}

/** What lacked, by the browser's own word for it. */
const REASONS: Readonly<Record<string, (parameter: string) => string>> = {
  PreflightMissingAllowOriginHeader: () => 'the answer to the preflight has no Access-Control-Allow-Origin',
  PreflightInvalidAllowOriginValue: (value) => `the preflight allows the origin ${value}, which is none`,
  PreflightMultipleAllowOriginValues: () => 'the preflight allows several origins in one header',
  PreflightAllowOriginMismatch: () => 'the preflight allows another origin',
  PreflightWildcardOriginNotAllowed: () => 'the preflight allows any origin by a star, but not with credentials',
  PreflightInvalidStatus: () => 'the answer to the preflight is no success',
  PreflightDisallowedRedirect: () => 'the answer to the preflight is a redirection',
  HeaderDisallowedByPreflightResponse: (header) => `the preflight does not allow the header ${header}`,
  MethodDisallowedByPreflightResponse: (method) => `the preflight does not allow the method ${method}`,
  InvalidAllowHeadersPreflightResponse: () => 'Access-Control-Allow-Headers of the preflight cannot be read',
  InvalidAllowMethodsPreflightResponse: () => 'Access-Control-Allow-Methods of the preflight cannot be read',
  MissingAllowOriginHeader: () => 'the answer has no Access-Control-Allow-Origin, though the preflight has',
  InvalidAllowOriginValue: (value) => `the answer allows the origin ${value}, which is none`,
  MultipleAllowOriginValues: () => 'the answer allows several origins in one header',
  AllowOriginMismatch: () => 'the answer allows another origin',
  Redirected: () => 'the answer is a redirection',
};

export function corsFinding({ corsError, failedParameter }: CorsError): Finding {
  const why = REASONS[corsError]?.(failedParameter) ?? [corsError, failedParameter].filter(Boolean).join(' ');
  return {
    kind: 'client',
    path: '',
    message: `the browser keeps the answer from the page: ${why}`,
    keyword: corsError,
  };
}
