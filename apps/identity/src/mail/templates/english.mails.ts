import type { MailTemplates } from './mail.template.js';

export const ENGLISH_MAILS: MailTemplates = {
  confirmation: {
    subject: 'Confirm your email address',
    text: `Welcome to Gatehouse.

Please confirm your address by following this link:

{link}

It works once, and for 24 hours. If you did not sign up, ignore this mail.`,
  },
  address_taken: {
    subject: 'You already have an account',
    text: `Someone, probably you, wanted to use this address for a Gatehouse account. It has one already, so nothing was changed.

Sign in with your password. If you have forgotten it, set a new one here:

{link}

The link works once, and for 10 minutes. If it was not you, there is nothing you need to do.`,
  },
  password_reset: {
    subject: 'Set a new password',
    text: `A new password was asked for for your Gatehouse account. Set it here:

{link}

The link works once, and for 10 minutes. If you did not ask for it, ignore this mail: your password stays as it is.`,
  },
  invitation: {
    subject: 'Your account is ready',
    text: `A Gatehouse account has been made for you. Set your password here:

{link}

The link works once, and for 10 minutes. Later, ask for a new one where you sign in: "forgotten password".`,
  },
  email_change: {
    subject: 'Confirm your new email address',
    text: `Your Gatehouse account is to use this address. Please confirm it by following this link:

{link}

It works once, and for 24 hours. If you did not ask for it, ignore this mail.`,
  },
  password_changed: {
    subject: 'Your password was changed',
    text: `The password of your Gatehouse account has just been changed, and you were signed out on your other devices.

If it was not you, set a new password at once and tell us.`,
  },
  email_change_requested: {
    subject: 'Your email address is about to change',
    text: `Your Gatehouse account is to use another address. Once that one is confirmed, mails will no longer come here.

If it was not you, change your password at once and tell us.`,
  },
  email_changed: {
    subject: 'Your email address was changed',
    text: `The address of your Gatehouse account has been changed. Sign in with the new one from now on.

If it was not you, tell us at once.`,
  },
  refresh_token_theft: {
    subject: 'You were signed out on one device',
    text: `A sign-in of your Gatehouse account was used in two places, which can mean that somebody has copied it. To be safe, we have ended it everywhere.

Please sign in again. If you see sessions that you do not know, end them and change your password.`,
  },
};
