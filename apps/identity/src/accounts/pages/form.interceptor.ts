import { DomainError, PROBLEMS, ValidationFailed } from '@gatehouse/contracts';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, map, type Observable, of } from 'rxjs';
import { preferredLocale } from '../../locales/preferred.locale.js';
import { writePage } from '../../pages/page.js';
import type { FormPages, FormState } from './form.pages.js';

const FORM_PAGES = Symbol('form pages');

/** Answers browsers, which have posted a form, with pages instead of an empty answer or a problem. */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.headers.accept?.includes('text/html')) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const pages = this.reflector.get<FormPages>(FORM_PAGES, context.getHandler());
    const locale = preferredLocale(request.headers['accept-language']);
    return next.handle().pipe(
      map(() => writePage(reply, pages.done(locale))),
      catchError((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
        void reply.headers(error.headers);
        const state: FormState = { locale, token: tokenOf(request.body), trouble: troubleOf(error) };
        return of(writePage(reply, pages.form(state), PROBLEMS[error.code].status));
      }),
    );
  }
}

/** The route takes what the form of these pages posts. */
export function AnswerForms(pages: FormPages): MethodDecorator {
  return applyDecorators(SetMetadata(FORM_PAGES, pages), UseInterceptors(FormInterceptor));
}

function troubleOf(error: DomainError): FormState['trouble'] {
  if (!(error instanceof ValidationFailed)) return 'service';
  return error.errors['token'] ? 'link' : 'password';
}

function tokenOf(body: unknown): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : '';
}
