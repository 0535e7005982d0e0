"""Every address of Comity: which record it is of, and who may read and write there.

Of: the record whose number stands in the address. See: who must see that record first (others find
nothing there). Read and write: who may then open it and send something to it; “-” where an address
does not know that method. Account: whether it asks for an account before anything else.
"""

from dataclasses import dataclass

TABLE = """
address                          | of                     | see           | read                    | write                   | account
home                             |                        |               | anything                | -                       |
language                         |                        |               | -                       | anything                |
about                            |                        |               | anything                | -                       |
accessibility                    |                        |               | anything                | -                       |
styleguide                       |                        |               | nothing                 | -                       | yes
healthy                          |                        |               | anything                | -                       |
work                             |                        |               | anything                | -                       | yes
accept_chosen                    |                        |               | -                       | anything                | yes
my_calendar                      |                        |               | anything                | anything                | yes
calendar                         | secret                 |               | not there               | -                       |
account_login                    |                        |               | anything                | anything                |
account_logout                   |                        |               | anything                | anything                |
account_inactive                 |                        |               | anything                | -                       |
account_signup                   |                        |               | anything                | anything                |
account_reauthenticate           |                        |               | anything                | anything                | yes
account_email                    |                        |               | anything                | anything                | yes
account_email_verification_sent  |                        |               | anything                | -                       |
account_change_password          |                        |               | anything                | anything                | yes
account_set_password             |                        |               | anything                | anything                | yes
account_reset_password           |                        |               | anything                | anything                |
account_confirm_login_code       |                        |               | anything                | anything                | yes
account_confirm_email            | key                    |               | anything                | not there               |
account_reset_password_from_key_done |                        |               | anything                | -                       |
account_reset_password_from_key  | reset                  |               | anything                | anything                |
account_reset_password_done      |                        |               | anything                | -                       |
mfa_index                        |                        |               | anything                | -                       | yes
mfa_authenticate                 |                        |               | anything                | anything                | yes
mfa_reauthenticate               |                        |               | anything                | anything                | yes
mfa_activate_totp                |                        |               | anything                | anything                | yes
mfa_deactivate_totp              |                        | second factor | anything                | anything                | yes
mfa_view_recovery_codes          |                        | second factor | anything                | -                       | yes
mfa_generate_recovery_codes      |                        |               | anything                | anything                | yes
mfa_download_recovery_codes      |                        | second factor | anything                | not there               | yes
mfa_list_webauthn                |                        |               | anything                | -                       | yes
mfa_add_webauthn                 |                        |               | anything                | anything                | yes
mfa_reauthenticate_webauthn      |                        |               | anything                | anything                | yes
mfa_remove_webauthn              | security key           |               | anything                | anything                | yes
mfa_edit_webauthn                | security key           |               | anything                | anything                | yes
mfa_login_webauthn               |                        |               | anything                | anything                | yes
accounts:profile                 |                        |               | anything                | anything                | yes
accounts:people                  | people of programme    | programme     | give roles in programme | give roles in programme | yes
accounts:people                  | people of authority    |               | give roles in authority | give roles in authority | yes
accounts:people                  | people of the whole    |               | keep the whole          | keep the whole          | yes
accounts:change_role             | person of programme    | programme     | -                       | give roles in programme | yes
accounts:change_role             | person of authority    |               | -                       | give roles in authority | yes
accounts:hand_over               | person of programme    | programme     | give roles in programme | give roles in programme | yes
accounts:hand_over               | person of authority    |               | give roles in authority | give roles in authority | yes
accounts:close                   | grantee                |               | close accounts          | close accounts          | yes
accounts:invite_again            | invitation             | programme     | -                       | give roles in programme | yes
accounts:withdraw_invitation     | invitation             | programme     | -                       | give roles in programme | yes
accounts:invitation              | secret                 |               | not there               | not there               |
agreements:list                  |                        |               | anything                | -                       |
agreements:add                   |                        |               | register                | register                | yes
agreements:party_suggestions     |                        |               | anything                | -                       |
agreements:of_territory          | territory              |               | anything                | -                       |
agreements:of_organisation       | authority              |               | anything                | -                       |
agreements:neighbours            | territory              |               | anything                | -                       |
agreements:detail                | agreement              | agreement     | anything                | -                       |
agreements:change                | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:amend                 | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:end                   | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:object                | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:add_document          | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:add_statement         | agreement              | agreement     | keep agreement          | keep agreement          | yes
agreements:remove_amendment      | amendment              | agreement     | keep agreement          | keep agreement          | yes
agreements:document              | document               | agreement     | anything                | -                       |
agreements:remove_document       | document               | agreement     | keep agreement          | keep agreement          | yes
programmes:list                  |                        |               | anything                | -                       |
programmes:add                   |                        |               | register                | register                | yes
programmes:detail                | programme              | programme     | anything                | -                       |
programmes:change                | programme              | programme     | keep programme          | keep programme          | yes
programmes:remove                | programme              | programme     | keep programme          | keep programme          | yes
programmes:sections              | programme              | programme     | keep programme          | keep programme          | yes
programmes:excel                 | programme              | programme     | anything                | -                       |
programmes:csv                   | programme              | programme     | anything                | -                       |
programmes:add_measure           | programme              | programme     | keep programme          | keep programme          | yes
programmes:of_agreement          | agreement              | agreement     | anything                | -                       |
programmes:of_territory          | territory              |               | anything                | -                       |
programmes:measures              |                        |               | anything                | -                       |
programmes:measure               | measure                | programme     | anything                | -                       |
programmes:change_measure        | measure                | programme     | keep programme          | keep programme          | yes
programmes:strike_measure        | measure                | programme     | keep programme          | keep programme          | yes
programmes:amendment             | proposed               | submitted     | anything                | -                       |
programmes:agree                 | proposed               | submitted     | -                       | keep programme          | yes
programmes:decline               | proposed               | submitted     | -                       | keep programme          | yes
programmes:withdraw              | proposed               | submitted     | -                       | withdraw                | yes
programmes:remove_measure        | measure                | programme     | keep programme          | keep programme          | yes
programmes:measures_of_territory | territory              |               | anything                | -                       |
programmes:measures_of_organisation | authority              |               | anything                | -                       |
programmes:settle                | open                   | programme     | keep programme          | keep programme          | yes
programmes:reopen                | done                   | programme     | keep programme          | keep programme          | yes
reporting:report                 | draft report           | draft report  | anything                | -                       |
reporting:report                 | waiting report         | submitted     | anything                | -                       |
reporting:report                 | accepted report        | programme     | anything                | -                       |
reporting:write                  | draft report           | draft report  | report                  | report                  | yes
reporting:save                   | draft report           | draft report  | -                       | report                  | yes
reporting:discard                | draft report           | draft report  | report                  | report                  | yes
reporting:continue               | accepted report        | programme     | -                       | report                  | yes
reporting:accept                 | waiting report         | submitted     | -                       | verify                  | yes
reporting:return                 | waiting report         | submitted     | -                       | verify                  | yes
reporting:reopen                 | accepted report        | programme     | -                       | verify                  | yes
reporting:take_back              | waiting report         | submitted     | -                       | report                  | yes
reporting:evidence               | evidence               | programme     | anything                | -                       |
reporting:preview                | evidence               |               | not there               | -                       |
reporting:occurrence             | reported               | programme     | anything                | -                       |
reporting:start                  | open                   | programme     | -                       | report                  | yes
reporting:settle                 | reported               | programme     | -                       | keep programme          | yes
reporting:of_measure             | measure                | programme     | anything                | -                       |
reporting:start_news             | measure                | programme     | -                       | report                  | yes
reporting:follow                 | followed programme     | programme     | -                       | anything                | yes
reporting:follow_button          | followed programme     | programme     | anything                | -                       |
reporting:periods                | programme              | programme     | anything                | -                       |
reporting:open_period            | programme              | programme     | -                       | keep programme          | yes
reporting:lock                   | period                 | programme     | keep programme          | keep programme          | yes
reporting:unlock                 | period                 | programme     | keep programme          | keep programme          | yes
reporting:links                  | reported               | programme     | report                  | report                  | yes
reporting:take_link_away         | one-time link          | programme     | -                       | report                  | yes
reporting:thanks                 |                        |               | anything                | -                       |
reporting:by_link                | secret                 |               | not there               | not there               |
reporting:save_by_link           | secret                 |               | -                       | not there               |
reporting:file_by_link           | secret of evidence     |               | not there               | -                       |
reporting:preview_by_link        | secret of evidence     |               | not there               | -                       |
reminders:form                   | open                   | programme     | anything                | -                       | yes
reminders:ladder                 | programme              | programme     | keep programme          | keep programme          | yes
reminders:mine                   |                        |               | anything                | anything                | yes
reminders:mails                  |                        |               | see letters             | -                       | yes
reminders:planned                |                        |               | see letters             | -                       | yes
reminders:mail                   | letter                 |               | see letters             | -                       | yes
reminders:send_again             | letter                 |               | -                       | send letters            | yes
directory:list                   |                        |               | anything                | -                       |
directory:add                    |                        |               | register                | register                | yes
directory:suggestions            |                        |               | anything                | -                       |
directory:of_territory           | territory              |               | anything                | -                       |
directory:detail                 | authority              |               | anything                | -                       |
directory:change                 | authority              |               | keep authority          | keep authority          | yes
directory:merge                  | authority              |               | keep the whole          | keep the whole          | yes
directory:add_contact            | authority              |               | keep authority          | keep authority          | yes
directory:change_contact         | contact                | contact       | keep authority          | keep authority          | yes
directory:remove_contact         | contact                | contact       | keep authority          | keep authority          | yes
directory:zones                  |                        |               | anything                | -                       |
directory:add_zone               | authority              |               | keep authority          | keep authority          | yes
directory:zone                   | zone                   |               | anything                | -                       |
directory:change_zone            | zone                   |               | keep park               | keep park               | yes
directory:add_term               | zone                   |               | keep park               | keep park               | yes
directory:change_term            | term                   |               | keep park               | keep park               | yes
directory:add_resident           | zone                   |               | keep park               | keep park               | yes
directory:end_residency          | residency              |               | keep park               | keep park               | yes
territories:list                 |                        |               | anything                | -                       |
territories:load                 |                        |               | keep the whole          | keep the whole          | yes
territories:detail               | territory              |               | anything                | -                       |
territories:change               | territory              |               | keep the whole          | keep the whole          | yes
territories:add_municipality     | territory              |               | keep the whole          | keep the whole          | yes
forum:list                       |                        |               | anything                | -                       |
forum:add                        |                        |               | keep the whole          | keep the whole          | yes
forum:detail                     | edition                |               | anything                | -                       |
intake:list                      |                        |               | bring in                | bring in                | yes
intake:detail                    | import                 | programme     | anything                | -                       |
intake:again                     | import                 | programme     | -                       | bring in                | yes
intake:columns                   | draft                  | draft         | bring in                | bring in                | yes
intake:check                     | draft                  | draft         | bring in                | -                       | yes
intake:row                       | row                    | draft         | -                       | bring in                | yes
intake:bodies                    | draft                  | draft         | bring in                | -                       | yes
intake:likely                    | draft                  | draft         | -                       | bring in                | yes
intake:decide                    | body                   | draft         | -                       | bring in                | yes
intake:choose                    | body                   | draft         | bring in                | bring in                | yes
intake:create                    | body                   | draft         | bring in                | bring in                | yes
intake:target                    | draft                  | draft         | bring in                | bring in                | yes
intake:compare                   | draft                  | draft         | bring in                | bring in                | yes
intake:commit                    | draft                  | draft         | bring in                | bring in                | yes
intake:drop                      | draft                  | draft         | bring in                | bring in                | yes
intake:undo                      | import                 | programme     | keep programme          | keep programme          | yes
intake:file                      | import                 | programme     | anything                | -                       |
intake:source_of_measure         | measure                | programme     | anything                | -                       |
intake:of_programme              | programme              | programme     | anything                | -                       |
issuing:of_programme             | programme              | issued        | anything                | keep programme          | yes
issuing:draft                    | programme              | issued        | keep programme          | -                       | yes
issuing:report                   | issued                 | issued        | anything                | -                       |
issuing:check                    | issued                 | issued        | -                       | anything                | yes
issuing:file                     | issued file            | issued        | anything                | -                       |
issuing:template                 | language               |               | anything                | -                       |
portfolio:index                  |                        |               | anything                | -                       |
portfolio:excel                  |                        |               | anything                | -                       |
portfolio:csv                    |                        |               | anything                | -                       |
portfolio:late_in_several        |                        |               | anything                | -                       |
portfolio:calibration            |                        |               | anything                | -                       |
portfolio:risk_of_programme      | programme              | programme     | anything                | -                       |
portfolio:risk_of_measure        | measure                | programme     | anything                | -                       |
portfolio:changes                | programme              | programme     | anything                | -                       |
portfolio:standing               | programme              | programme     | anything                | -                       |
search:search                    |                        |               | anything                | -                       |
audit:history                    | agreements.agreement   | agreement     | anything                | -                       |
audit:history                    | agreements.document    | agreement     | anything                | -                       |
audit:history                    | programmes.programme   | programme     | anything                | -                       |
audit:history                    | programmes.measure     | programme     | anything                | -                       |
audit:history                    | programmes.occurrence  | programme     | anything                | -                       |
audit:history                    | programmes.measureamendment | submitted | anything                | -                       |
audit:history                    | reporting.report       | draft report  | anything                | -                       |
audit:history                    | reminders.programmeladder | programme     | anything                | -                       |
audit:history                    | intake.import          | programme     | anything                | -                       |
audit:history                    | issuing.issuedreport   | issued        | anything                | -                       |
audit:history                    | directory.organisation |               | anything                | -                       |
audit:history                    | directory.zone         |               | anything                | -                       |
audit:history                    | directory.contact      | contact       | anything                | -                       |
audit:history                    | territories.territory  |               | anything                | -                       |
audit:history                    | forum.edition          |               | anything                | -                       |
audit:as_of                      | agreements.agreement   | agreement     | anything                | -                       |
audit:as_of                      | agreements.document    | agreement     | anything                | -                       |
audit:as_of                      | programmes.programme   | programme     | anything                | -                       |
audit:as_of                      | programmes.measure     | programme     | anything                | -                       |
audit:as_of                      | programmes.occurrence  | programme     | anything                | -                       |
audit:as_of                      | programmes.measureamendment | submitted | anything                | -                       |
audit:as_of                      | reporting.report       | draft report  | anything                | -                       |
audit:as_of                      | reminders.programmeladder | programme     | anything                | -                       |
audit:as_of                      | intake.import          | programme     | anything                | -                       |
audit:as_of                      | issuing.issuedreport   | issued        | anything                | -                       |
audit:as_of                      | directory.organisation |               | anything                | -                       |
audit:as_of                      | directory.zone         |               | anything                | -                       |
audit:as_of                      | directory.contact      | contact       | anything                | -                       |
audit:as_of                      | territories.territory  |               | anything                | -                       |
audit:as_of                      | forum.edition          |               | anything                | -                       |
"""  # noqa: E501  # one address a line


@dataclass(frozen=True, slots=True)
class Row:
    address: str
    of: str
    see: str
    read: str
    write: str
    asks_for_an_account: bool

    def may(self, method: str) -> str:
        return self.write if method == "POST" else self.read


def _rows() -> list[Row]:
    lines = [line.split("|") for line in TABLE.strip().splitlines()[1:]]
    cells = [[cell.strip() for cell in line] for line in lines]
    return [Row(*texts, bool(account)) for *texts, account in cells]


ROWS = _rows()
