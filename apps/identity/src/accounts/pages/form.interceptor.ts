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
import { map, type Observable } from 'rxjs';
import { preferredLocale } from '../../locales/preferred.locale.js';
import { writePage } from '../../pages/page.js';
import { asksForPage, type FormPages } from './form.pages.js';

const FORM_PAGES = Symbol('form pages');

/** Answers browsers, which have posted a form, with a page instead of an empty answer. */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!asksForPage(headers)) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const pages = this.reflector.get<FormPages>(FORM_PAGES, context.getHandler());
    const locale = preferredLocale(headers['accept-language']);
    return next.handle().pipe(map(() => writePage(reply, pages.done(locale))));
  }
}

/** The route takes what the form of these pages posts. */
export function AnswerForms(pages: FormPages): MethodDecorator {
  return applyDecorators(SetMetadata(FORM_PAGES, pages), UseInterceptors(FormInterceptor));
}
