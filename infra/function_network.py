"""The functions' place in the college's VPC."""

from typing import TypedDict

from aws_cdk.aws_ec2 import (
    ISecurityGroup,
    IVpc,
    Port,
    SecurityGroup,
    SubnetSelection,
    Vpc,
)
from aws_cdk.aws_iam import PolicyStatement
from constructs import Construct

from infra.college_network import CollegeNetwork

_AWS_SERVICES = Port.tcp(443)


class Placement(TypedDict):
    """Arguments of a Function."""

    vpc: IVpc
    vpc_subnets: SubnetSelection
    security_groups: list[ISecurityGroup]


class FunctionNetwork(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, college: CollegeNetwork) -> None:
        super().__init__(scope, construct_id)
        self._vpc = Vpc.from_vpc_attributes(
            self,
            "Vpc",
            vpc_id=college.vpc_id,
            availability_zones=list(college.availability_zones),
            private_subnet_ids=list(college.private_subnet_ids),
        )
        database = SecurityGroup.from_security_group_id(
            self, "Database", college.database_security_group_id
        )
        self._group = SecurityGroup(self, "Functions", vpc=self._vpc, allow_all_outbound=False)
        self._group.connections.allow_to(database, Port.tcp(college.database_port))
        self._group.connections.allow_to_any_ipv4(_AWS_SERVICES)

    def placement(self) -> Placement:
        return {
            "vpc": self._vpc,
            "vpc_subnets": SubnetSelection(subnets=self._vpc.private_subnets),
            "security_groups": [self._group],
        }


def network_interface_statement() -> PolicyStatement:
    """What Lambda needs to attach a function; most of it can't be limited to a resource.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    actions = (
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSubnets",
        "AssignPrivateIpAddresses",
        "UnassignPrivateIpAddresses",
    )
    return PolicyStatement(actions=[f"ec2:{action}" for action in actions], resources=["*"])
