"""The functions' place in the college's VPC."""

from aws_cdk.aws_ec2 import Port, SecurityGroup, SubnetSelection, Vpc
from constructs import Construct

from infra.college_network import CollegeNetwork


class FunctionNetwork(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, college: CollegeNetwork) -> None:
        super().__init__(scope, construct_id)
        self.vpc = Vpc.from_vpc_attributes(
            self,
            "Vpc",
            vpc_id=college.vpc_id,
            availability_zones=list(college.availability_zones),
            private_subnet_ids=list(college.private_subnet_ids),
        )
        self.subnets = SubnetSelection(subnets=self.vpc.private_subnets)
        database = SecurityGroup.from_security_group_id(
            self, "Database", college.database_security_group_id
        )
        self.group = SecurityGroup(
            self,
            "Functions",
            vpc=self.vpc,
            description="Absence Texts functions",
            allow_all_outbound=False,
        )
        self.group.connections.allow_to(
            database, Port.tcp(college.database_port), "Absence Texts to the database"
        )
        self.group.connections.allow_to_any_ipv4(Port.tcp(443), "AWS services")
