<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!--
  Research data as a table of the document: what is counted by, and how many;
  or findings, their status and who found them.  An assumption is in italics, a
  superseded finding is struck through, and the status says so in words.
  The input is the view of src/facts/research.c, in one language, the numbers
  written as they are printed; the program adds ids, caption and source.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="no"/>

  <xsl:template match="/research">
    <table>
      <xsl:if test="category or measure">
        <row header="yes">
          <cell align="left"><xsl:value-of select="category"/></cell>
          <cell align="right"><xsl:value-of select="measure"/></cell>
        </row>
      </xsl:if>
      <xsl:for-each select="row">
        <row>
          <cell align="left"><xsl:value-of select="@label"/></cell>
          <cell align="right"><xsl:value-of select="@text"/></cell>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template match="/findings">
    <table>
      <row header="yes">
        <cell align="left"><xsl:value-of select="head/@name"/></cell>
        <cell align="left"><xsl:value-of select="head/@status"/></cell>
        <cell align="left"><xsl:value-of select="head/@source"/></cell>
      </row>
      <xsl:for-each select="finding">
        <row>
          <cell align="left">
            <xsl:choose>
              <xsl:when test="@block"><link href="#{@block}"><xsl:call-template name="finding"/></link></xsl:when>
              <xsl:otherwise><xsl:call-template name="finding"/></xsl:otherwise>
            </xsl:choose>
          </cell>
          <cell align="left"><xsl:value-of select="@when"/></cell>
          <cell align="left">
            <xsl:value-of select="@source"/>
            <xsl:if test="@figures"> (<xref ref="{@figures}"/>)</xsl:if>
          </cell>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template name="finding">
    <xsl:choose>
      <xsl:when test="@status = 'expected'"><emphasis><xsl:value-of select="@name"/></emphasis></xsl:when>
      <xsl:when test="@status = 'superseded'"><strike><xsl:value-of select="@name"/></strike></xsl:when>
      <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
