import json

from tests.support.synthesized import Synthesized

_PRIVATE = ("cookie", "query", "header", "sourceip", "useragent", "authorizer")


def test_every_path_and_method_reaches_the_redirect(synthesized: Synthesized) -> None:
    route = synthesized.only("AWS::ApiGatewayV2::Route")
    (integration_id,) = synthesized.all("AWS::ApiGatewayV2::Integration")
    integration = synthesized.only("AWS::ApiGatewayV2::Integration")
    assert route["RouteKey"] == "$default"
    assert route["Target"] == {"Fn::Join": ["", ["integrations/", {"Ref": integration_id}]]}
    assert integration["IntegrationUri"] == {"Ref": synthesized.alias_id("absence_redirect")}
    assert integration["PayloadFormatVersion"] == "2.0"


def test_the_api_answers_at_its_root_and_no_faster_than_allowed(synthesized: Synthesized) -> None:
    stage = synthesized.only("AWS::ApiGatewayV2::Stage")
    assert stage["StageName"] == "$default"
    assert stage["AutoDeploy"]
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] > 0


def test_a_domain_of_its_own_leads_to_the_link_and_nowhere_else(
    with_everything: Synthesized,
) -> None:
    domain = with_everything.only("AWS::ApiGatewayV2::DomainName")
    mapping = with_everything.only("AWS::ApiGatewayV2::ApiMapping")
    (configuration,) = domain["DomainNameConfigurations"]
    link = with_everything.stage.link_domain
    assert link
    assert domain["DomainName"] == link.name
    assert configuration["CertificateArn"] == link.certificate_arn
    assert mapping["Stage"] == "$default"
    assert "ApiMappingKey" not in mapping


def test_a_login_returns_to_the_links_own_domain(with_everything: Synthesized) -> None:
    variables = with_everything.function("absence_redirect")["Environment"]["Variables"]
    assert variables["LINK_ADDRESS"] == (
        "https://absence.communications.runshaw.ac.uk/recordabsencelink.aspx"
    )


def test_without_one_the_portal_passes_the_link_on(synthesized: Synthesized) -> None:
    variables = synthesized.function("absence_redirect")["Environment"]["Variables"]
    portal = synthesized.stage.portal_address
    assert not synthesized.all("AWS::ApiGatewayV2::DomainName")
    assert variables["LINK_ADDRESS"] == f"{portal}/recordabsencelink.aspx"


def test_access_is_logged_without_what_tells_who_it_was(synthesized: Synthesized) -> None:
    logs = synthesized.only("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]
    group, _attribute = logs["DestinationArn"]["Fn::GetAtt"]
    logged = " ".join(json.loads(logs["Format"]).values()).casefold()
    assert group in synthesized.all("AWS::Logs::LogGroup")
    assert not [word for word in _PRIVATE if word in logged]
