import { html, type SafeHtml } from '@remix-run/html-template';
import { ServiceError } from '../../shared/errors.ts';

type Shown = { title: string; body: SafeHtml };

export function notFoundPage(isSignedIn: boolean): Shown {
  return {
    title: 'Not found',
    body: html`<h1>There is nothing here</h1>
      <p>The address may be mistyped, or what it showed is no longer there.</p>
      <p><a class="button" href="/console">${isSignedIn ? 'Go to today' : 'Sign in'}</a></p>`,
  };
}

export function forbiddenPage(because: 'role' | 'foreign'): Shown {
  if (because === 'role') {
    return {
      title: 'Not for your role',
      body: html`<h1>Your role may not do this</h1>
        <p>Somebody with the role admin can do it, or give you another role.</p>
        <p><a class="button" href="/console">Go to today</a></p>`,
    };
  }
  return {
    title: 'Not sent',
    body: html`<h1>This form was not sent from here</h1>
      <p>Nothing was changed. Open the page again and send the form from there.</p>
      <p><a class="button" href="/console">Go to today</a></p>`,
  };
}

export function troublePage(error: unknown): Shown & { notice: null } {
  const isPassing = error instanceof ServiceError && error.retryable;
  return {
    title: 'Something went wrong',
    notice: null,
    body: html`<h1>${isPassing ? 'This did not work just now' : 'Something went wrong on our side'}</h1>
      <p>Nothing was half done. Go back and try again; a form that you send twice does one thing.</p>
      <p><a class="button" href="/console">Go to today</a></p>`,
  };
}
